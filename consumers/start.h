// Where a reader of the views may go on: the views' own position, once it is shown that they belong
// to this log.
#pragma once

#include "events/log/log.h"
#include "events/reading.h"
#include "projections/rows.h"

namespace ledger {

// The reading as the views keep it. The last record that they know is read again and compared; the
// log must not end before it. Error: log and views don't belong together, and what to do.
Result<Reading> stored_reading(log::Log& log, const views::Snapshot& rows, PartitionId partition);

// The record at a position, aligned; nothing when the position holds none.
Result<std::optional<Bytes>> record_at(log::Log& log, PartitionId partition, Position position);

}  // namespace ledger
