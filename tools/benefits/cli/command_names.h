// What the commands are called on the command line, and where their help stands: both come from the
// schema.
#pragma once

#include <string>

#include "events/actions.h"
#include "events/json/schema.h"

namespace ledger::tools {

// "order buy"
std::string full_name(const CommandKind& command);

// The command's own table of the schema.
const json::Table& table_of(const CommandKind& command);

}  // namespace ledger::tools
