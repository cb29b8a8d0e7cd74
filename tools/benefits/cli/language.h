// The language of what people read of the ledger's content: the tables and sentences of `show`,
// `can`, `why`, `list`, `history`, `refusals` and `receipt`, the answer to a command that was
// typed, and why it is refused or there is nothing to do, which stands so in JSON and csv too. All
// else that programs read is the same in every language. Help, what is wrong with a command line,
// what has failed, and what operators and auditors read is in English.
#pragma once

#include <string_view>

#include "aggregates/sentence.h"

namespace ledger::tools {

// As --lang says it, "en" or "ko"; empty: as the environment does, by the first of LC_ALL,
// LC_MESSAGES and LANG that is set. Call before language(), and before there are other threads.
void set_language(std::string_view name);

Language language();

// "en", "ko"
std::string_view name_of(Language language);

}  // namespace ledger::tools
