// The partner's user list and the roles on it [ACC-04]. At every moment at least one user is global
// admin. An id is one human's for good: whoever was removed may come back under it, and another
// human, told by another e-mail address, can't have it, nor what is assigned to it [ACC-13]. Pure;
// one PartnerState in, one decision out. Refusals are listed in the order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::accounts {

// role.missing (admin agent or global admin), membership.read-only, user.exists, user.id-taken,
// user.limit-reached, partner.full. A user to whom no role is given is a plain user.
Decision decide(const PartnerState&, const fb::AddUser&, const Context&);

// role.missing, membership.read-only, user.unknown, user.last-global-admin. What the user was
// assigned stays assigned.
Decision decide(const PartnerState&, const fb::RemoveUser&, const Context&);

// role.missing, membership.read-only, user.unknown, user.last-global-admin. Nothing when they are
// so already.
Decision decide(const PartnerState&, const fb::ChangeRoles&, const Context&);

void evolve(PartnerState&, const fb::UserAdded&);
void evolve(PartnerState&, const fb::UserRemoved&);
void evolve(PartnerState&, const fb::RolesChanged&);

}  // namespace ledger::accounts
