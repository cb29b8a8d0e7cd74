// What a listing gives to programs, a row a line: a JSON object each, or CSV below a line of names.
//
// CSV is what RFC 4180 says, lines end with \r\n, and it is made for spreadsheets. A text that one
// would take for a formula gets an apostrophe before it: one that begins with = + - @ or their
// full-width forms, a tab, a carriage return or an end of line, or has one of these behind a
// semicolon, where a spreadsheet of many countries divides cells. Control characters and the like
// become U+FFFD (events/printable.h). Numbers are no texts and stay as they are. With --raw every
// text is exact and lines end with \n alone.
#pragma once

#include <string>
#include <vector>

#include "events/json/encode.h"
#include "events/json/table_view.h"
#include "tools/benefits/cli/format.h"

namespace ledger::tools {

// Prints rows as they come, so that a listing of any length takes little memory.
class RowsPrinter {
public:
    // The columns of CSV are those of the rows' type. `format` is jsonl or csv.
    RowsPrinter(const ListFormat& format, const json::Table& type);
    ~RowsPrinter() { flush(); }
    RowsPrinter(const RowsPrinter&) = delete;
    RowsPrinter& operator=(const RowsPrinter&) = delete;

    // False once stdout is gone.
    bool row(const json::TableView& row, const json::Style& style = {});

private:
    bool flush();
    void end_line();

    const ListFormat& format_;
    std::vector<std::string> columns_;
    std::string waiting_;
};

// All of them, generated native objects.
template <typename Native>
void print_rows(const ListFormat& format, const std::vector<Native>& rows,
                const json::Style& style = {}) {
    RowsPrinter printer(format, json::table_named(Native::TableType::GetFullyQualifiedName()));
    json::Packed packed;
    for (const Native& row : rows)
        if (!printer.row(packed.pack(row), style)) return;
}

}  // namespace ledger::tools
