// A typed command that was refused because something isn't there may have a name mistyped.
#pragma once

#include <string>

#include "aggregates/answer.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/submitting/typed_command.h"

namespace ledger::tools {

// "--order 'ap-2002'; did you mean 'ap-2020'?", or nothing when no name is near.
std::string meant_name(const AtWork& at_work, const TypedCommand& command, const Answer& answer);

}  // namespace ledger::tools
