// `benefits rules --sentences`: all that is said of a command that is refused, or that has nothing
// to do, in every language, with the words that stand in it: what a translator reads.
#pragma once

#include <string>

#include "tools/benefits/cli/format.h"

namespace ledger::tools {

// Those of a rule, or of a code; all, when `id` is empty. False: there are none.
bool print_sentences(const std::string& id, const ListFormat& format);

}  // namespace ledger::tools
