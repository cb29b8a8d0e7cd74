// Cancellation of an order by service request, and its money back [OFF-06..08]. A request is made
// on one of the policy's refund days, of which the first day of the term is the first, and keeps
// the test of that day: until 2021-01-31 the right to a refund ends with the activation of a
// software key, from then on with any use and the sight of any key; an assignment is no use. The
// decision, on whatever day, applies the kept test to what has been used by then. The test looks at
// what happened, not at counts: adjusting a count neither opens nor closes it. Pure; one
// PartnerState in, one decision out. Refusals are listed in the order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::refunds {

// role.missing (any user of the partner), membership.read-only, request.exists, order.unknown,
// refund.already-paid, order.waiting-for-payment, order.lapsed, order.withdrawn, request.open (for
// this order), refund.window-passed, refund.software-activated or refund.benefit-used,
// partner.full.
Decision decide(const PartnerState&, const fb::RequestCancellation&, const Context&);

// role.missing (support), request.unknown, request.settled, refund.already-paid,
// refund.software-activated or refund.benefit-used. The refund is the whole charge.
Decision decide(const PartnerState&, const fb::ResolveCancellation&, const Context&);

// role.missing (support), request.unknown, request.settled, reason.missing.
Decision decide(const PartnerState&, const fb::RefuseCancellation&, const Context&);

void evolve(PartnerState&, const fb::CancellationRequested&);
// What the order granted counts nowhere from now on, but stays with it to be looked up.
void evolve(PartnerState&, const fb::OrderCancelled&);
void evolve(PartnerState&, const fb::CancellationRefused&);

}  // namespace ledger::refunds
