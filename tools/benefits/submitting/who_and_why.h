// The options of a command that stand beside its body: who acts, why, its id, whether it is sent at
// all, and in which form the answer is told.
#pragma once

#include <functional>

#include "tools/benefits/cli/subcommand.h"
#include "tools/benefits/submitting/typed_command.h"

namespace ledger::tools {

// Of a command that names a partner, that option too. `between` adds those of its body.
void add_who_and_why(Subcommand command, TypedCommand& typed,
                     const std::function<void()>& between = {});

}  // namespace ledger::tools
