// A judged record as one JSON line; what a kind of record doesn't have is left out.
#pragma once

#include <string>

#include "events/json/encode.h"
#include "events/reading.h"

namespace ledger::tools {

// With its end of line.
std::string record_line(PartitionId partition, const Judged& judged, const json::Style& style);

}  // namespace ledger::tools
