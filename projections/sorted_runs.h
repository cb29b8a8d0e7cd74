// Rows on their way into new views, by the sorted run: what is added is kept in memory up to a
// bound, then sorted and written as one file a family. So it takes no more memory however many rows
// come, and a row is written once. Of rows with one key the last one stays. One thread.
#pragma once

#include "projections/rocks_rows.h"

namespace ledger::views {

class SortedRuns {
public:
    // `target` outlives this. Takes about twice `run_max_bytes` of memory.
    SortedRuns(RocksRows& target, std::size_t run_max_bytes)
        : target_(target), run_max_bytes_(run_max_bytes) {}

    Result<void> put(Family family, std::string_view key, std::string_view head,
                     std::string_view tail = {});
    Result<void> add(const Row& row);  // put or erased
    // Writes what is kept, so that it can be read.
    Result<void> write();

private:
    Result<void> write_if_full();

    RocksRows& target_;
    std::size_t run_max_bytes_;
    RowBatch kept_;
};

}  // namespace ledger::views
