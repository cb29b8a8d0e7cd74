// A typing mistake in a subcommand, an option or one of a few words gets the nearest name there is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {

// "benefits log stat"
std::string path_of(const CLI::App& command);

// The deepest subcommand that was typed.
const CLI::App& typed(const CLI::App& app);

// One sentence on what stands there and was not understood; nothing when that is not what is wrong.
// What was typed is repeated only with `shows`.
std::optional<std::string> unexpected(const CLI::App& app, bool shows);

// An option's value must be one of `names`; with `list`, several of them, divided by commas. A
// wrong one is repeated only with `shows`.
Check one_of_names(std::vector<std::string> names, bool list = false, bool shows = true);

// "; did you mean 'card'?" or nothing.
std::string meant_instead(const std::string& wrong, const std::vector<std::string>& names);

}  // namespace ledger::tools
