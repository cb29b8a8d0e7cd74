// The vetting of the company [ACC-10]: how far it is, and which documents are asked for, is recorded
// by the system or support staff; an admin of the partner hands documents in. Where the policy asks
// for it the company must be verified before the membership becomes active; one that was active
// while no policy asked for it stays so. Documents may be asked for at any time, and no renewal by
// hand or by ticket is taken while some are missing [MEM-07]. Pure; one PartnerState in, one decision
// out. Refusals are listed in the order in which they are checked.
#pragma once

#include <optional>

#include "aggregates/partner.h"

namespace ledger::accounts {

// The membership can be active, as far as the vetting goes: no policy asks for it, the company is
// verified, or the membership was active on a day on which no policy asked for it.
bool is_vetted(const PartnerState& state, Date today, const Policies& policies);

// membership.not-vetted [ACC-10]
std::optional<Refusal> refuse_not_vetted(const PartnerState& state, const Context& context);

// profile.documents-missing [MEM-07]: for a renewal by hand or by ticket.
std::optional<Refusal> refuse_documents_missing(const PartnerState& state);

// role.missing (the system or support staff only), vetting.no-status, vetting.no-documents (action
// needed, and none is named or missing), vetting.document-twice, reason.missing (for a rejection),
// partner.full. Nothing when it is recorded so already. A company that was verified stays so while
// it is looked at again, until it is rejected.
Decision decide(const PartnerState&, const fb::RecordVetting&, const Context&);

// role.missing (an admin of any kind), document.not-asked-for. On a read-only account too. With the
// last one that was missing the company is in review again.
Decision decide(const PartnerState&, const fb::SubmitDocuments&, const Context&);

void evolve(PartnerState&, const fb::VettingRecorded&);
void evolve(PartnerState&, const fb::DocumentsSubmitted&);

}  // namespace ledger::accounts
