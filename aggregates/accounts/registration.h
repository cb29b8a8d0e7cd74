// How a partner comes to be a member: registration, the partner agreement, the verified contact
// [ACC-01..03]. Pure; one PartnerState in, one decision out. Refusals are listed in the order in
// which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::accounts {

// role.missing (not a user), user.not-the-actor. The registering user becomes global admin and
// admin agent and has authority to sign [ACC-01].
Decision decide(const PartnerState&, const fb::RegisterPartner&, const Context&);

// role.missing, agreement.no-authority, membership.read-only. Nothing when this text is accepted
// already; another text takes its place [ACC-02].
Decision decide(const PartnerState&, const fb::AcceptAgreement&, const Context&);

// role.missing (support staff or the system only). Nothing when it is verified already. The network
// membership is active from this day on [ACC-03].
Decision decide(const PartnerState&, const fb::VerifyContact&, const Context&);

void evolve(PartnerState&, const fb::PartnerRegistered&);
void evolve(PartnerState&, const fb::AgreementAccepted&);
void evolve(PartnerState&, const fb::ContactVerified&);

}  // namespace ledger::accounts
