// What a listing gives to programs, a row a line: a JSON object each, or CSV below a line of names.
// CSV is quoted as RFC 4180 says; lines end with \n alone, as Unix tools take them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/benefits/format.h"

namespace ledger::tools {

// `rows` are JSON objects on one line each. `columns` are those of CSV: the name of a member, or of
// one inside another ("actor.id"). A text is a cell as it is, anything else as its JSON; what a row
// doesn't have is an empty cell. `format` is jsonl or csv.
std::string rows_text(Format format, const std::vector<std::string>& rows,
                      std::span<const std::string_view> columns);

}  // namespace ledger::tools
