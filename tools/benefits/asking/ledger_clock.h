// What day it is: on a sandbox ledger the clock in its log, else the wall clock. And dates as
// options take them.
#pragma once

#include <optional>
#include <string>

#include "aggregates/ledger_state.h"
#include "consumers/ledger.h"
#include "events/date.h"

namespace ledger::tools {

class Subcommand;

// UTC.
Date wall_date();

// Check of an option: its value must be a date like 2021-02-01.
std::string date_form(const std::string& text);

// --on DATE
void add_day(Subcommand command, std::optional<Date>& day);

// The ledger's own state in one partition, as far as the views have come.
Result<LedgerState> ledger_state(const views::Snapshot& rows, PartitionId partition);

// The day of the clock: a sandbox ledger's, or the machine's.
Date today_of(const LedgerState& state);
// The day on which a command of this partition would be decided now: never before its newest entry.
Result<Date> today_of(const views::Snapshot& rows, PartitionId partition, const LedgerState& state);

// The earliest day at which any partition's commands would be decided now, by the views as they are.
Result<Date> earliest_day(const Ledger& ledger);

}  // namespace ledger::tools
