// Directory tenants of the partner's own [ACC-01]: whoever is in one may hold a seat [VSS-01], and
// tokens are redeemed on one of them [CLD-05]. The first comes with the registration. Pure; one
// PartnerState in, one decision out. Refusals are listed in the order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::accounts {

// role.missing (global admin or admin agent), membership.read-only, partner.full. Nothing when the
// tenant is the partner's already.
Decision decide(const PartnerState&, const fb::AddTenant&, const Context&);

void evolve(PartnerState&, const fb::TenantAdded&);

}  // namespace ledger::accounts
