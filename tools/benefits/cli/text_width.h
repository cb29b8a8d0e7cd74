// Text on a terminal: how many columns it takes (Korean syllables two each), cut and wrapped at
// columns. Works on whole code points of printable text (events/printable.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::tools {

// Columns that printable text takes.
std::size_t width_of(std::string_view text);

// Printable text in lines of at most `columns` (at least 2), broken between words where possible.
// At least one line.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace ledger::tools
