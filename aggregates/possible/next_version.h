// The next version of a policy or catalogue: the last one with something of it changed.
#pragma once

#include <optional>
#include <vector>

#include "aggregates/possible/choices.h"
#include "aggregates/possible/dice.h"

namespace ledger::possible {

// Of PolicyVersion and CatalogueVersion, effective within some days; nothing for any other table,
// and where there is no last one. Of a thousand so many are `wrong`: of a version that was there
// before, or of yesterday.
std::optional<std::vector<json::Value>> next_version(const json::Table& table,
                                                     const Standing& standing, Dice& dice,
                                                     std::uint32_t wrong, Texts& texts);

}  // namespace ledger::possible
