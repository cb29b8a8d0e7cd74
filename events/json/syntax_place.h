// Where a text stops being JSON. The parser is quick and says what is wrong, not where; whoever
// edits a file of many lines needs to know.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ledger::json {

// The byte at which no JSON goes on, or the size of a text that ends too early; nothing when its
// structure is that of JSON. What only a parser minds (how large a number is, which characters stand
// behind a backslash) is not looked at.
std::optional<std::size_t> syntax_fault_at(std::string_view json);

// "line 3, column 14" of a byte; both from 1, columns in characters.
std::string line_and_column(std::string_view text, std::size_t at);

}  // namespace ledger::json
