// The money of an order by bank transfer [MEM-13]. It may come from the day the order was placed
// through the last of the policy's days of payment. The term starts on the day it is received; that
// of a renewal in its window started on the anniversary [MEM-09]. The days in which a cancellation
// may be asked for count from the day it is received. Only now is what the order renews or upgrades
// renewed or replaced. Pure; one PartnerState in, one decision
// out. Refusals are listed in the order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (support or the system, on a read-only account too), order.unknown,
// order.withdrawn, order.not-waiting, payment.too-late, payment.amount-differs; then of an order
// that follows another, about that one: order.cancelled, order.replaced, renewal.done,
// renewal.charge-pending, payment.too-late (it can't be upgraded any more).
Decision decide(const PartnerState&, const fb::ReceivePayment&, const Context&);

void evolve(PartnerState&, const fb::PaymentReceived&);

}  // namespace ledger::orders
