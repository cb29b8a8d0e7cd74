// The days that an order's term brings, and the last one for the money of an order that waits for
// it [MEM-02, MEM-03, MEM-05, MEM-13].
#pragma once

#include "aggregates/calendar.h"
#include "aggregates/partner.h"

namespace ledger::orders {

void add_coming(Calendar& calendar, const fb::OrderT& order, const Policies& policies);

}  // namespace ledger::orders
