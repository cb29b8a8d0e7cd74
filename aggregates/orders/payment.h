// The money of an order by bank transfer [MEM-13]. It may come from the day the order was placed
// through the last of the policy's days of payment; the term starts on the day it is received, and
// so do the days in which a cancellation may be asked for. Pure; one PartnerState in, one decision
// out. Refusals are listed in the order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (support or the system, on a read-only account too), order.unknown,
// order.withdrawn, order.not-waiting, payment.too-late, payment.amount-differs.
Decision decide(const PartnerState&, const fb::ReceivePayment&, const Context&);

void evolve(PartnerState&, const fb::PaymentReceived&);

}  // namespace ledger::orders
