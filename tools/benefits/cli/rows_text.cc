#include "tools/benefits/cli/rows_text.h"

#include <algorithm>
#include <array>

#include "events/json/cells.h"
#include "events/json/node.h"
#include "events/printable.h"
#include "tools/benefits/cli/given_file.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

// What makes a spreadsheet take a cell for a formula (OWASP, CSV injection).
bool begins_formula(std::string_view text) {
    constexpr std::array<std::string_view, 11> kBegins{
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\xEF\xBC\x9D",  // ＝
        "\xEF\xBC\x8B",
        "\xEF\xBC\x8D",
        "\xEF\xBC\xA0",  // ＋ － ＠
    };
    return std::any_of(kBegins.begin(), kBegins.end(),
                       [&](std::string_view each) { return text.starts_with(each); });
}

std::string for_spreadsheets(std::string_view text) {
    std::string safe = begins_formula(text) ? "'" : "";
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        safe += printable(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
        const std::size_t begin = std::min(text.find_first_not_of(" \""), text.size());
        safe += ';';
        safe += text.substr(0, begin);
        text.remove_prefix(begin);
        if (begins_formula(text)) safe += '\'';
    }
    return safe;
}

// RFC 4180, section 2, 5 to 7.
std::string quoted_if_needed(std::string_view cell) {
    if (cell.find_first_of(",\"\r\n;'\t") == std::string_view::npos) return std::string(cell);
    std::string text = "\"";
    for (const char c : cell) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

std::string cell(json::Node row, std::string_view column, bool raw) {
    while (!column.empty()) {
        const std::size_t dot = std::min(column.find('.'), column.size());
        const auto member = row.member(column.substr(0, dot));
        if (!member) return {};
        row = *member;
        column.remove_prefix(std::min(dot + 1, column.size()));
    }
    if (row.is(json::Node::Kind::null)) return {};
    if (const auto text = row.text())
        return quoted_if_needed(raw ? std::string(*text) : for_spreadsheets(*text));
    const std::string json = row.json();
    return quoted_if_needed(raw ? json : printable(json));
}

std::string cell(const json::Cell& value, bool raw) {
    if (!value.is_text) return quoted_if_needed(raw ? value.text : printable(value.text));
    return quoted_if_needed(raw ? value.text : for_spreadsheets(value.text));
}

void add_columns(const json::Node& document, const std::string& prefix,
                 std::vector<std::string>& columns) {
    document.each_member([&](std::string_view member, const json::Node& value) {
        std::string name = prefix + std::string(member);
        if (value.is(json::Node::Kind::object))
            add_columns(value, name + ".", columns);
        else
            columns.push_back(std::move(name));
    });
}

}  // namespace

RowsPrinter::RowsPrinter(const ListFormat& format, std::span<const std::string_view> columns)
    : format_(format), columns_(columns.begin(), columns.end()) {
    begin();
}

RowsPrinter::RowsPrinter(const ListFormat& format, const json::Table& type)
    : format_(format), columns_(type.columns) {
    begin();
}

void RowsPrinter::begin() {
    const ListFormat& format = format_;
    if (format.form != Format::csv) return;
    if (format.byte_order_mark) waiting_ += kByteOrderMark;
    for (std::size_t i = 0; i < columns_.size(); ++i) waiting_ += (i == 0 ? "" : ",") + columns_[i];
    end_line();
}

bool RowsPrinter::row(std::string_view row) {
    if (format_.form == Format::csv) {
        const auto read = json::read_node(row);
        LEDGER_CHECK(read.ok());
        for (std::size_t i = 0; i < columns_.size(); ++i)
            waiting_ += (i == 0 ? "" : ",") + cell(*read, columns_[i], format_.raw);
    } else {
        waiting_ += row;
    }
    end_line();
    return waiting_.size() < kPrintedAtATimeBytes || flush();
}

bool RowsPrinter::row(const json::TableView& row, const json::Style& style) {
    if (format_.form == Format::csv) {
        for (std::size_t i = 0; i < columns_.size(); ++i)
            waiting_ +=
                (i == 0 ? "" : ",") + cell(json::cell(row, columns_[i], style), format_.raw);
    } else {
        waiting_ += json::to_json(row, style);
    }
    end_line();
    return waiting_.size() < kPrintedAtATimeBytes || flush();
}

void RowsPrinter::end_line() {
    waiting_ += format_.form == Format::csv && !format_.raw ? "\r\n" : "\n";
}

bool RowsPrinter::flush() {
    const bool printed = format_.form == Format::csv ? print_exact(waiting_) : print(waiting_);
    waiting_.clear();
    return printed;
}

void print_rows(const ListFormat& format, const std::vector<std::string>& rows,
                std::span<const std::string_view> columns) {
    RowsPrinter printer(format, columns);
    for (const std::string& row : rows)
        if (!printer.row(row)) return;
}

void print_document(const ListFormat& format, std::string_view json,
                    const std::function<std::string()>& table) {
    switch (format.form) {
        case Format::table:
            print(table());
            return;
        case Format::json:
            print(indented(std::string(json)));
            return;
        case Format::jsonl:
        case Format::csv:
            break;
    }
    // Texts of their own: what was parsed goes with the next one.
    std::vector<std::string> names;
    if (const auto read = json::read_node(json)) add_columns(*read, "", names);
    const std::vector<std::string_view> columns(names.begin(), names.end());
    print_rows(format, {std::string(json)}, columns);
}

}  // namespace ledger::tools
