// What a command that the codec has taken comes to.
#pragma once

#include "command_generated.h"

namespace ledger::fuzz {

// Decides it for a partner with a little of everything, and for the ledger itself. An event that is
// accepted can be added, and what it leads to can be kept as a row.
void check_decided(const fb::Command& command);

}  // namespace ledger::fuzz
