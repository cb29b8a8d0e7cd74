// The language in which the tool says why a command is refused, or why there is nothing to do. All
// else it says in English, whatever the language.
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
