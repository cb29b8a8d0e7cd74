// Mutants by name.
#pragma once

#include <optional>
#include <string_view>

#include "events/mutant.h"

namespace ledger::mutants {

std::optional<Mutant> find_mutant(std::string_view name);

}  // namespace ledger::mutants
