// Reading one partition from its beginning, judged record by record, without views.
#pragma once

#include <functional>

#include "events/log/log.h"
#include "events/reading.h"

namespace ledger {

// A record with its verdict, and the reading behind it. False ends the reading there.
using OnRecord = std::function<Result<bool>(const Judged& judged, const Reading& after)>;

// Reads up to `end`, or to where `on_record` ends it; gives the reading behind the last record
// read, with its digest. Error: the log can't be read so far, or the judge stops; also that of
// `on_record`.
Result<Reading> read_partition(log::Log& log, PartitionId partition, Position end,
                               const OnRecord& on_record);

}  // namespace ledger
