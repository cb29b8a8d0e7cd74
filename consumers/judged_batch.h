// Records of one partition that a reader has judged, on their way to those who listen.
#pragma once

#include <memory>
#include <vector>

#include "events/ids.h"
#include "events/reading.h"

namespace ledger {

struct JudgedBatch {
    PartitionId partition{};
    std::vector<Judged> records;
    std::shared_ptr<const void> owner;  // keeps their bytes
    Reading after;                      // the reading behind the last of them
};

}  // namespace ledger
