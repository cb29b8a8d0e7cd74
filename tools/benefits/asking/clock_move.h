// A move of a sandbox's clock that says on a terminal how far it has come.
#pragma once

#include "consumers/sandbox_clock.h"

namespace ledger::tools {

Answer move_with_progress(const Ledger& ledger, Node& node, ClockMove move);

}  // namespace ledger::tools
