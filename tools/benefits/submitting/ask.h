// One typed command: sent to the ledger and its answer told, or with --dry-run only judged.
#pragma once

#include "consumers/ledger.h"
#include "tools/benefits/cli/exit_code.h"
#include "tools/benefits/submitting/typed_command.h"

namespace ledger::tools {

ExitCode ask(LedgerPlace place, const TypedCommand& command);

}  // namespace ledger::tools
