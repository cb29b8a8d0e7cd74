// What day it is: on a sandbox ledger the clock in its log, else the wall clock. And dates as
// options take them.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "aggregates/ledger_state.h"
#include "consumers/ledger.h"
#include "events/date.h"

namespace ledger::tools {

// UTC.
Date wall_date();

// An option's value must be a date like 2021-02-01.
CLI::Validator date_form();

// The ledger's own entries of one partition, as far as the views have come, or through the end of a
// past day.
Result<LedgerState> ledger_state(const Ledger& ledger, PartitionId partition,
                                 std::optional<Date> through = std::nullopt);

// The day on which a command would be decided now.
Date today_of(const LedgerState& state);

}  // namespace ledger::tools
