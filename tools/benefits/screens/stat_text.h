// The numbers of a ledger's partitions, as `log stat` and `stat` tell them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "projections/queries.h"

namespace ledger::tools {

struct Total {
    std::uint64_t records = 0;
    Counts counts;
    std::uint64_t history_rows = 0;
    bool complete = true;
};

Total total_of(const std::vector<views::Completeness>& partitions);

std::string partition_json(const views::Completeness& partition);
std::string total_json(const Total& total);

// What "complete" stands for, in words.
inline constexpr const char* kCompleteMeans =
    "Complete: last seq = tree size = sum of versions = rows of history = rows of receipts, and "
    "entries + void + control + absent = positions.";

}  // namespace ledger::tools
