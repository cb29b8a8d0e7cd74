// The usage-based Azure subscription: activated by assigning the company itself, never an employee
// [CLD-01], by the anniversary at the latest [BEN-01]. It takes the one unit that is granted,
// where support has not counted it as used before [LED-07], and ends the right to a refund of
// "nothing used" [OFF-06]. Pure; one PartnerState in, one decision out. Refusals are listed in the
// order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::cloud {

// role.missing (who manages benefits), membership.read-only, agreement.missing, order.unknown,
// benefit.unknown, benefit.not-company, order.waiting-for-payment, order.lapsed, order.withdrawn,
// order.cancelled, benefit.expired, benefit.core-moved, benefit.lapsed. Nothing when the company is
// assigned already.
Decision decide(const PartnerState&, const fb::AssignCompany&, const Context&);

void evolve(PartnerState&, const fb::CompanyAssigned&);

}  // namespace ledger::cloud
