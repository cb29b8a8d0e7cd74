// What the nodes of a folder had to do again: doubts and lost terms of writers, questions to
// brokers, producers made anew. Summed up over all runs in the folder's file `retries`, a name and
// a number a line. For people and monitoring (`benefits stat`); losing it loses nothing else.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "aggregates/writer.h"
#include "events/result.h"
#include "events/retry.h"

namespace ledger {

// Counts by name, always the same names in the same order.
using TriedAgain = std::vector<std::pair<std::string, std::uint64_t>>;

// Of one run: of all its writers together, and of the process.
TriedAgain tried_again(const std::vector<WriterCounts>& writers, const RetryCounts& process);
// Name by name.
TriedAgain sum_of(const TriedAgain& one, const TriedAgain& other);

// Zeroes where there is no file, and for a name that it doesn't have.
Result<TriedAgain> read_tried_again(const std::string& directory);
Result<void> write_tried_again(const std::string& directory, const TriedAgain& counts);

}  // namespace ledger
