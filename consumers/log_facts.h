// What a log comes to, partition by partition: what backups, copies and moves are checked by. Two
// logs with the same facts hold the same entries: the root is a proof of them all.
#pragma once

#include <functional>
#include <vector>

#include "consumers/lost_keys.h"
#include "events/log/log.h"
#include "events/reading.h"

namespace ledger {

struct PartitionFacts {
    Position next{};  // one past the last record
    std::uint64_t seq = 0;
    Hash root{};
    bool operator==(const PartitionFacts&) const = default;
};

struct LogFacts {
    Id128 ledger;
    std::vector<PartitionFacts> partitions;
    std::uint64_t records = 0;
    std::uint64_t entries = 0;
};

PartitionFacts facts_of(const Reading& reading);

// Reads and judges the whole log, to where it ends now. `progress` is told the records read so far.
// `keys`, where given, is shown every record.
Result<LogFacts> read_facts(log::Log& log,
                            const std::function<void(std::uint64_t records)>& progress = {},
                            KeyCheck* keys = nullptr);

// Error: where the first difference is.
Result<void> compare_facts(const LogFacts& expected, const LogFacts& found);

}  // namespace ledger
