// The oracle: what must hold after a run that has healed, whatever went wrong in it. It replays the
// log by the reference judge, and takes from the product only decide, evolve and, for the rows, the
// fold: without any mutant.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "tests/sim/clients.h"
#include "tests/sim/sim_log.h"
#include "tests/sim/sim_node.h"

namespace ledger::sim {

struct Finished {
    const std::deque<SimLog>& logs;
    const std::vector<Bytes>& genesis;
    const std::vector<SimNode>& nodes;
    const Clients& clients;
    bool sandbox = false;
};

// The first thing that doesn't hold; empty when all does.
std::string object(const Finished& run);

}  // namespace ledger::sim
