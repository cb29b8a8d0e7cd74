// Makes a run that fails smaller, as long as it still fails: fewer kinds of faults, nodes,
// partitions, commands, steps. With less of something everything that is drawn comes out otherwise,
// so each cut is tried with several dice. It need not be the same objection in the end.
#pragma once

#include <chrono>

#include "tests/sim/run_apart.h"

namespace ledger::sim {

struct Shrunk {
    Cuts cuts;
    RanApart run;
    std::uint64_t runs = 0;  // that were tried
};

// The run of this seed with these cuts fails.
Shrunk shrink(std::uint64_t seed, const Cuts& cuts, std::chrono::seconds time_max);

}  // namespace ledger::sim
