// A partner whose global admins are gone, ill or locked out: support makes another user of the list
// global admin [ACC-11]. That none can act is nothing that the ledger knows, so the reason says it;
// those who are global admin stay so. Read-only accounts take it, for without an admin none could be
// brought back. Pure; one PartnerState in, one decision out. Refusals are listed in the order in
// which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::accounts {

// role.missing (support staff only), user.unknown, reason.missing. Nothing when the user is global
// admin already. Other roles and the authority to sign stay as they are.
Decision decide(const PartnerState&, const fb::RestoreAdmin&, const Context&);

void evolve(PartnerState&, const fb::AdminRestored&);

}  // namespace ledger::accounts
