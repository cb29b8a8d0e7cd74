// Withdrawing an order by bank transfer that waits for its money [MEM-13]: whoever would rather pay
// by card need not wait until it has lapsed. The order ends without ever having had a term, and
// money that comes for it later is refused. It gives nothing and takes nothing, so it is open to
// who may buy, on a read-only account too, whose new start an unpaid order would stand in the way
// of [ACC-05, MEM-05]. Pure; one PartnerState in, one decision out. Refusals are listed in the
// order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (any user of the partner), order.unknown, order.lapsed, order.cancelled,
// order.not-waiting (it has a term). Nothing when it was withdrawn already.
Decision decide(const PartnerState&, const fb::WithdrawOrder&, const Context&);

void evolve(PartnerState&, const fb::OrderWithdrawn&);

}  // namespace ledger::orders
