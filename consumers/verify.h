// Verifying a ledger: the log is read from its beginning, judged and folded a second time from
// nothing, and what comes out is compared with the views row by row, in both directions. Counts are
// taken from different places. Also, the key of every sealed text must be in the key store, or be
// known there as destroyed.
#pragma once

#include <string>
#include <vector>

#include "consumers/lost_keys.h"
#include "events/log/log.h"
#include "projections/queries.h"

namespace ledger {

struct Verification {
    std::vector<views::Completeness> partitions;  // as the views have it
    std::uint64_t records = 0;
    std::uint64_t entries = 0;
    std::uint64_t rows_compared = 0;
    std::vector<std::string> differences;  // the first kDifferencesMax, each naming its place
    std::uint64_t difference_count = 0;
    LostKeys lost;
    bool clean() const { return difference_count == 0 && !lost.any(); }
};

inline constexpr std::size_t kDifferencesMax = 20;

// `progress` is told records read so far. Error: something can't be read.
Result<Verification> verify(log::Log& log, const views::Snapshot& rows, KeyStore& keys,
                            const std::function<void(std::uint64_t)>& progress);

}  // namespace ledger
