// One run: nodes, logs and clients under one seed. First chaos, for as long as the clients have
// something to ask; then everything heals, every command is asked until it is answered for good,
// and the oracle looks.
#pragma once

#include <string>

#include "tests/sim/met.h"

namespace ledger::sim {

struct RunResult {
    std::string objection;  // empty: all is well
    Met met;
};

// The same seed, the same run.
RunResult run(std::uint64_t seed, bool trace);

}  // namespace ledger::sim
