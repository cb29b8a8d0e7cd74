// Where a view stands in a partition, as a row: everything a reader needs to go on, written with
// the data it belongs to.
#pragma once

#include <string>

#include "events/reading.h"
#include "events/result.h"

namespace ledger::views {

std::string pack_reading(PartitionId partition, const Reading& reading,
                         std::uint64_t ledger_version);

struct StoredReading {
    Reading reading;
    std::uint64_t ledger_version = 0;
};

// Error: the row is damaged.
Result<StoredReading> unpack_reading(std::string_view row);

}  // namespace ledger::views
