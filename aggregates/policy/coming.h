// The days on which policy versions take effect that are published already.
#pragma once

#include "aggregates/calendar.h"
#include "aggregates/ledger_state.h"

namespace ledger::policy {

void add_coming(Calendar& calendar, const LedgerState& ledger);

}  // namespace ledger::policy
