// A table's values one by one, as the cells of a row: of csv, of a table for people.
#pragma once

#include <string>
#include <string_view>

#include "events/json/encode.h"
#include "events/json/table_view.h"

namespace ledger::json {

struct Cell {
    std::string text;
    bool is_text = false;  // a text, a name, a date; else a number or what else JSON has
};

// The value of a field, of one inside another ("actor.id"), or of one that was joined; "type" is
// the member that a union holds. A text is given as it is, anything else as its JSON; what isn't
// there, or is unset, is an empty cell. That there is such a column is checked.
Cell cell(const TableView& table, std::string_view column, const Style& style = {});

// The same of a field that stands at `place`; null: it is absent.
Cell cell_at(const Field& field, const std::uint8_t* place, const Style& style = {});

}  // namespace ledger::json
