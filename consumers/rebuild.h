// Making the views afresh from the log, beside the ones in use (projections/generations.h).
//
// A partition at a time: its valid entries are written as history rows in sorted runs, then read
// back partner by partner and folded by the same Fold as ever, each row written once, sorted. What
// is in memory at a time is two runs and the history of one partner, however large the ledger is;
// the disk holds both generations for a while.
//
// Where the views in use can be read and are not far behind the log, the new ones are made up to
// the same positions and compared row by row; what the log holds beyond is read at the next
// opening. Killed at any moment, the views are the old ones or the new ones, and a rebuild begins
// anew. An Error leaves the old ones.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "consumers/ledger.h"

namespace ledger {

enum class RebuildStep {
    begun,           // views.new is there and empty
    read,            // some of its rows are
    finished,        // all of them, and they were compared
    old_moved_away,  // as SwitchStep
    new_in_place,
};

struct RebuildSettings {
    std::size_t run_max_bytes = std::size_t{64} * 1024 * 1024;
    // Told now and then how much of the work is done, of how much in all.
    std::function<void(std::uint64_t done, std::uint64_t all)> progress;
    // For tests: when it says false everything stays as it is then, as if the process had been
    // killed.
    std::function<bool(RebuildStep)> reached;
};

struct Rebuilt {
    std::vector<std::string> notes;  // what an earlier rebuild had left
    std::uint64_t records = 0;
    std::uint64_t entries = 0;
    std::uint64_t partners = 0;
    // The comparison with the views that were in use.
    std::string not_compared;  // why there was none; empty when there was
    std::uint64_t rows_compared = 0;
    std::uint64_t difference_count = 0;
    std::vector<std::string> differences;  // the first few, each naming its row
};

// `ledger` comes from open_log_only. Error: also that the views in use belong to another ledger, or
// don't fit the log.
Result<Rebuilt> rebuild_views(Ledger& ledger, const RebuildSettings& settings = {});

}  // namespace ledger
