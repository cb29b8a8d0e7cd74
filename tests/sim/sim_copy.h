// A copy of the log as it stands at the moment, made by the shipped code (consumers/log_copy.h).
#pragma once

#include <deque>
#include <string>

#include "tests/sim/clients.h"
#include "tests/sim/met.h"
#include "tests/sim/sim_log.h"

namespace ledger::sim {

// A log with holes must be refused. Of another one the copy has every record where it was, the root
// that the reference judge has, and to whoever asks it every accepted command is where its answer
// said. The first thing that doesn't hold; empty when all does.
std::string object_to_copy(const std::deque<SimLog>& logs, const Clients& clients, Met& met);

}  // namespace ledger::sim
