// The command line of `sim`.
#pragma once

#include <cstdint>

#include "tests/sim/plan.h"

namespace ledger::sim {

struct Options {
    std::uint64_t first = 1;
    std::uint64_t last = 0;
    bool trace = false;
    bool each = false;
    bool shrink = false;
    Cuts cuts;
};

inline constexpr const char* kUsageText =
    "usage: sim --seed N [--trace | --shrink] [what is cut away] | --seeds A..B [--each]\n"
    "           [--mutant NAME]\n"
    "what is cut away: --partitions N --writers N --readers N --commands N --steps N\n"
    "                  --only FAULT,FAULT | --only none, --dice N\n";

// None: it can't be understood. A mutant is armed on the way.
std::optional<Options> parse_options(int argc, char* argv[]);

}  // namespace ledger::sim
