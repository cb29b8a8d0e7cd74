// What a user of a partner may do, as a list of names.
#pragma once

#include <string>

#include "common_generated.h"
#include "tools/benefits/cli/language.h"

namespace ledger::tools {

// "global admin, admin agent"
std::string names_of(fb::Role roles, Language in = language());

}  // namespace ledger::tools
