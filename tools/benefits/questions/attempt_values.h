// What was tried, as the values that `benefits can` gives.
#pragma once

#include <string>
#include <vector>

#include "attempts_generated.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/questions/attempts.h"

namespace ledger::tools {

// Why there was nothing to try it on.
std::string why_untried(const CommandTried& command, Language in);

// `as`: who asks; empty: whoever might.
fb::AttemptsT attempts_of(const std::vector<CommandTried>& commands, const Snapshot& now,
                          const std::string& as);

// What was tried, each with its command; one that could not be tried says why.
std::vector<fb::AttemptRowT> attempt_rows(const std::vector<CommandTried>& commands);

}  // namespace ledger::tools
