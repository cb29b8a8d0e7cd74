// How a partner comes to be a member: registration, the partner agreement, the primary contact,
// verified and mended [ACC-01..03]. Pure; one PartnerState in, one decision out. Refusals are listed in the order in
// which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::accounts {

// The primary contact's e-mail address is verified: the network membership is active [ACC-03].
bool is_contact_verified(const PartnerState& state);

// role.missing (not a user), user.not-the-actor. The registering user becomes global admin and
// admin agent and has authority to sign [ACC-01].
Decision decide(const PartnerState&, const fb::RegisterPartner&, const Context&);

// role.missing, agreement.no-authority, membership.read-only. Nothing when this text is accepted
// already; another text takes its place [ACC-02].
Decision decide(const PartnerState&, const fb::AcceptAgreement&, const Context&);

// role.missing (support staff or the system only). Nothing when it is verified already. The network
// membership is active from this day on; since when it is stays when another contact is verified
// [ACC-03].
Decision decide(const PartnerState&, const fb::VerifyContact&, const Context&);

// role.missing (who the policy lets review the profile, or support staff), membership.read-only
// (users), reason.missing, partner.full. Nothing when the contact is that one already, by id, name
// and e-mail. Another e-mail must be verified anew, and until then the membership is not active
// [ACC-03].
Decision decide(const PartnerState&, const fb::CorrectContact&, const Context&);

void evolve(PartnerState&, const fb::PartnerRegistered&);
void evolve(PartnerState&, const fb::AgreementAccepted&);
void evolve(PartnerState&, const fb::ContactVerified&);
void evolve(PartnerState&, const fb::ContactCorrected&);

}  // namespace ledger::accounts
