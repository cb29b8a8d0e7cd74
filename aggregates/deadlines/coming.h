// What the ledger will do by itself for a partner, on which day.
#pragma once

#include "aggregates/calendar.h"
#include "aggregates/partner.h"

namespace ledger::deadlines {

// From what is issued on those days (due.h), so that the two never differ. That an order lapses or
// expires follows from days that its area tells.
void add_coming(Calendar& calendar, const PartnerState& state, const Policies& policies);

}  // namespace ledger::deadlines
