// A list of tables as people keep it in a spreadsheet: csv (RFC 4180) whose first line names the
// fields, in any order. Commas, semicolons or tabs divide, whichever the first line has; also
// behind a line "sep=;". Ends of lines may be Windows', cells may stand in quotes, over several
// lines too; spaces around a cell that does not are not its own, and an empty cell counts as
// absent.
#pragma once

#include <string>
#include <string_view>

#include "events/json/plain.h"
#include "events/json/schema.h"
#include "events/result.h"

namespace ledger::tools {

// Whether it is a list of tables that rows can hold: texts, sealed texts and numbers.
bool fits_csv(const json::Field& list);

// "id,units,material", as the first line could be.
std::string csv_header(const json::Table& table);

// The list, each row known to be right by the schema. The error names the line, and never shows a
// cell, since one may be a secret that stands in the wrong column.
Result<json::Plain> list_from_csv(const json::Table& table, std::string_view text);

}  // namespace ledger::tools
