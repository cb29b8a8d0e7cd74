// `benefits stat` and `benefits log stat`: what was counted (projections/queries.h), as values.
#pragma once

#include <vector>

#include "projections/queries.h"
#include "stat_generated.h"

namespace ledger::answers {

// Where a partition's log stood at a moment, by its reading.
fb::PartitionStateT partition_state(PartitionId partition, const Reading& reading);

fb::PartitionCountT partition_count(const views::Completeness& partition);
std::vector<fb::PartitionCountT> partition_counts(
    const std::vector<views::Completeness>& partitions);

// Of all partitions; complete when each of them is.
fb::TotalCountT total_count(const std::vector<views::Completeness>& partitions);

fb::LogStatT log_stat(Id128 ledger, bool sandbox,
                      const std::vector<views::Completeness>& partitions);

// How many partners there are.
Result<std::uint64_t> count_partners(const views::Snapshot& rows);

}  // namespace ledger::answers
