// --last, --limit, --since, --type, --actor and --newest-first of a list.
#pragma once

#include "events/json/schema.h"
#include "projections/answers/page.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {

// `types` is the union whose members --type takes: "SeatAssigned", or "seat assigned". What a list
// has, "events", is for the help.
void add_page(Subcommand command, answers::Page& page, const json::Field& types,
              const std::string& what);

}  // namespace ledger::tools
