#include "tools/benefits/cli/rows_text.h"

#include <algorithm>
#include <array>

#include "events/json/cells.h"
#include "events/printable.h"
#include "tools/benefits/cli/given_file.h"
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

std::string cell(const json::Cell& value, bool raw) {
    if (!value.is_text) return quoted_if_needed(raw ? value.text : printable(value.text));
    return quoted_if_needed(raw ? value.text : for_spreadsheets(value.text));
}

}  // namespace

RowsPrinter::RowsPrinter(const ListFormat& format, const json::Table& type)
    : format_(format), columns_(type.columns) {
    if (format.form != Format::csv) return;
    if (format.byte_order_mark) waiting_ += kByteOrderMark;
    for (std::size_t i = 0; i < columns_.size(); ++i) waiting_ += (i == 0 ? "" : ",") + columns_[i];
    end_line();
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

}  // namespace ledger::tools
