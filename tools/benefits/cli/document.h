// An answer printed for programs: one JSON document, as the codec writes its table.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "events/json/encode.h"
#include "events/json/table_view.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"

namespace ledger::tools {

inline void print_document(const json::TableView& table, json::Style style = {}) {
    style.pretty = true;
    print(json::to_json(table, style) + '\n');
}

// One thing in the form that is wanted: a table for people, one document, the same on one line, or a
// row of csv whose columns are those of its type.
inline void print_document(const ListFormat& format, const json::TableView& table,
                           json::Style style, const std::function<std::string()>& tables) {
    switch (format.form) {
        case Format::table:
            print(tables());
            return;
        case Format::json:
            return print_document(table, std::move(style));
        case Format::jsonl:
        case Format::csv:
            RowsPrinter(format, *table.type).row(table, style);
            return;
    }
}

// Of a generated native object: one thing in the form that is wanted.
template <typename Native>
void print_answer(const ListFormat& format, const Native& answer, const json::Style& style,
                  const std::function<std::string()>& tables) {
    print_document(format, json::Packed(answer).view(), style, tables);
}

// A list, as one document, or row by row, or as tables. Of generated native objects.
template <typename Native, typename Row>
void print_list(const ListFormat& format, const Native& document, const std::vector<Row>& rows,
                const std::function<std::string()>& tables) {
    if (is_rows(format))
        print_rows(format, rows);
    else
        print_answer(format, document, {}, tables);
}

// Of a generated native object.
template <typename Native>
void print_document(const Native& answer, json::Style style = {}) {
    print_document(json::Packed(answer).view(), std::move(style));
}

}  // namespace ledger::tools
