// Views made afresh beside the ones in use, some records at a time, by the shipped reading and
// fold. (consumers/rebuild.h does it with sorted runs on disk, which are tested there.) Killed
// before the end, nothing of it is left.
#pragma once

#include <deque>
#include <vector>

#include "projections/fold.h"
#include "projections/map_rows.h"
#include "tests/sim/sim_log.h"

namespace ledger::sim {

class SimRebuild {
public:
    // Up to these positions, one for each partition.
    SimRebuild(const std::deque<SimLog>& logs, std::vector<Position> upto);

    // So many records more of a partition. False: there is nothing left to read.
    Result<bool> step(std::size_t max_records);
    views::MapRows take() { return std::move(rows_); }

private:
    const std::deque<SimLog>& logs_;
    std::vector<Position> upto_;
    std::vector<Reading> readings_;
    views::MapRows rows_;
    views::Fold fold_;
};

// The first row in which they differ; empty: they are the same.
std::string difference_between(const views::MapRows& fresh, const views::MapRows& old);

}  // namespace ledger::sim
