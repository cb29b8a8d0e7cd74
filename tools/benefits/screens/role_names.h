// What a user of a partner may do, as a list of names.
#pragma once

#include <string>

#include "common_generated.h"

namespace ledger::tools {

// "global_admin, admin_agent"
std::string names_of(fb::Role roles);

}  // namespace ledger::tools
