// The date that everything that falls due of an order is counted from (aggregates/deadlines/due.h):
// the last day to pay of one that waits for its money, or lapsed unnoted, and the anniversary of
// one with a term that nothing goes on from yet. An order has none once it is renewed, replaced,
// cancelled, withdrawn or its end noted: nothing falls due of it any more.
#pragma once

#include <optional>

#include "events/date.h"
#include "state_generated.h"

namespace ledger::orders {

// A function of the order alone, whatever day it is and whatever the policies say.
std::optional<Date> anchor_of(const fb::OrderT& order);

}  // namespace ledger::orders
