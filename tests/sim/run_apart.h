// A run in a process of its own, so that a LEDGER_CHECK that fails is an objection like others.
#pragma once

#include <string>

#include "tests/sim/plan.h"

namespace ledger::sim {

struct RanApart {
    std::string objection;    // empty: all is well
    std::string plan;         // empty: the process aborted
    std::uint64_t steps = 0;  // of chaos
};

RanApart run_apart(std::uint64_t seed, const Cuts& cuts);

}  // namespace ledger::sim
