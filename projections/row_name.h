// A row as a person can name it.
#pragma once

#include <string>
#include <string_view>

#include "projections/rows.h"

namespace ledger::views {

// "history '\00\03contoso\00...'": bytes that can't be read stand as codes.
std::string row_name(Family family, std::string_view key);

}  // namespace ledger::views
