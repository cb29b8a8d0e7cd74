#include "tools/benefits/rows_text.h"

#include "events/json/parse.h"

namespace ledger::tools {
namespace {

// RFC 4180, section 2, 5 to 7.
std::string as_cell(std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(cell);
    std::string text = "\"";
    for (const char c : cell) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

std::string cell(simdjson::dom::element row, std::string_view column) {
    while (!column.empty()) {
        const std::size_t dot = std::min(column.find('.'), column.size());
        simdjson::dom::object object;
        if (row.get(object) != simdjson::SUCCESS) return {};
        if (object.at_key(column.substr(0, dot)).get(row) != simdjson::SUCCESS) return {};
        column.remove_prefix(std::min(dot + 1, column.size()));
    }
    if (row.is_null()) return {};
    if (row.is_string()) return as_cell(json::as<std::string_view>(row));
    return as_cell(simdjson::minify(row));
}

}  // namespace

std::string rows_text(Format format, const std::vector<std::string>& rows,
                      std::span<const std::string_view> columns) {
    std::string text;
    if (format == Format::jsonl) {
        for (const std::string& row : rows) text += row + "\n";
        return text;
    }
    const auto add = [&](const auto& cell_of) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            text += (i == 0 ? "" : ",") + cell_of(columns[i]);
        text += '\n';
    };
    add(as_cell);
    for (const std::string& row : rows) {
        const auto read = json::parse(row);
        LEDGER_CHECK(read.ok());
        add([&](std::string_view column) { return cell(*read, column); });
    }
    return text;
}

}  // namespace ledger::tools
