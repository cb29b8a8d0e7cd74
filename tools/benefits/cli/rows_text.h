// What a listing gives to programs, a row a line: a JSON object each, or CSV below a line of names.
//
// CSV is what RFC 4180 says, lines end with \r\n, and it is made for spreadsheets. A text that one
// would take for a formula gets an apostrophe before it: one that begins with = + - @ or their
// full-width forms, a tab, a carriage return or an end of line, or has one of these behind a
// semicolon, where a spreadsheet of many countries divides cells. Control characters and the like
// become U+FFFD (events/printable.h). Numbers are no texts and stay as they are. With --raw every
// text is exact and lines end with \n alone.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/json/encode.h"
#include "events/json/table_view.h"
#include "tools/benefits/cli/format.h"

namespace ledger::tools {

// Prints rows as they come, so that a listing of any length takes little memory.
class RowsPrinter {
public:
    // `columns` are those of CSV: the name of a member, or of one inside another ("actor.id"). A
    // text is a cell as it is, anything else as its JSON; what a row doesn't have is an empty cell.
    // `format` is jsonl or csv.
    RowsPrinter(const ListFormat& format, std::span<const std::string_view> columns);
    RowsPrinter(const ListFormat& format, const json::Table& type);
    ~RowsPrinter() { flush(); }
    RowsPrinter(const RowsPrinter&) = delete;
    RowsPrinter& operator=(const RowsPrinter&) = delete;

    // `row` is a JSON object on one line. False once stdout is gone.
    bool row(std::string_view row);
    // The same of a table of the schema, whose columns are those of its type.
    bool row(const json::TableView& row, const json::Style& style = {});

private:
    void begin();
    bool flush();
    void end_line();

    const ListFormat& format_;
    std::vector<std::string> columns_;
    std::string waiting_;
};

// All of them.
void print_rows(const ListFormat& format, const std::vector<std::string>& rows,
                std::span<const std::string_view> columns);

// All of them, generated native objects.
template <typename Native>
void print_rows(const ListFormat& format, const std::vector<Native>& rows,
                const json::Style& style = {}) {
    RowsPrinter printer(format, json::table_named(Native::TableType::GetFullyQualifiedName()));
    json::Packed packed;
    for (const Native& row : rows)
        if (!printer.row(packed.pack(row), style)) return;
}

// One thing: as a table, or its JSON, which is on one line, in the form that is asked for. The columns
// of csv are its members; those of an object in it stand one by one.
void print_document(const ListFormat& format, std::string_view json,
                    const std::function<std::string()>& table);

}  // namespace ledger::tools
