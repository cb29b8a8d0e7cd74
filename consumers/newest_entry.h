// When the newest entry of an open ledger was made: a witness of what time it is at least.
#pragma once

#include <optional>

#include "consumers/ledger.h"
#include "events/date.h"

namespace ledger {

// As far as these rows have read. Nothing when there is no entry.
Result<std::optional<Time>> newest_in(const views::Snapshot& rows, std::uint32_t partitions);

// As far as the views have read; of an embedded log also what lies beyond, where each partition is
// searched back from its end. Nothing when there is no entry.
Result<std::optional<Time>> newest_entry(const Ledger& ledger);

}  // namespace ledger
