// Directory tenants of the partner's own [ACC-01, ACC-12]: whoever is in one may hold a seat
// [VSS-01], and tokens are redeemed on one of them [CLD-05]. The first comes with the registration
// and stays. An admin names a further one, which counts as a customer's until the system or support
// has confirmed it. Pure; one PartnerState in, one decision out. Refusals are listed in the order in
// which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::accounts {

// role.missing (global admin or admin agent), membership.read-only, partner.full. Nothing when the
// tenant is the partner's already, or is named.
Decision decide(const PartnerState&, const fb::AddTenant&, const Context&);

// role.missing (support staff or the system only), tenant.unknown. Nothing when it is the partner's
// own already.
Decision decide(const PartnerState&, const fb::ConfirmTenant&, const Context&);

// role.missing (global admin, admin agent or support staff), membership.read-only (users),
// tenant.unknown, tenant.registered-with, tenant.subscribed (earliest: the day after the last such
// subscription ended), tenant.seats-held (seats don't say of which tenant their holder is a member,
// so that one who is on no user list keeps all that are confirmed), reason.missing.
Decision decide(const PartnerState&, const fb::RemoveTenant&, const Context&);

void evolve(PartnerState&, const fb::TenantAdded&);
void evolve(PartnerState&, const fb::TenantConfirmed&);
void evolve(PartnerState&, const fb::TenantRemoved&);

}  // namespace ledger::accounts
