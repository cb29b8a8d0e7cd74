#include "tools/benefits/cli/csv_list.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "events/json/read.h"
#include "tools/benefits/cli/nearest_name.h"

namespace ledger::tools {
namespace {

using json::Kind;

struct CsvRow {
    std::size_t line = 0;  // where it begins, from 1
    std::vector<std::string> cells;
};

Error wrong(std::size_t line, const std::string& what) {
    return error("line " + std::to_string(line) + ": " + what);
}

std::string_view trimmed(std::string_view cell) {
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
    return cell;
}

class CsvReader {
public:
    explicit CsvReader(std::string_view text) : rest_(text) {}

    // Takes the divider from the first line, and that line away if it says no more.
    void find_divider() {
        const std::string_view first = rest_.substr(0, rest_.find_first_of("\r\n"));
        if (first.size() == 5 && first.starts_with("sep=")) {
            divider_ = first.back();
            rest_.remove_prefix(first.size());
            end_line();
            return;
        }
        for (const char each : {',', ';', '\t'})
            if (std::count(first.begin(), first.end(), each) >
                std::count(first.begin(), first.end(), divider_))
                divider_ = each;
    }

    // The next row that is not empty; nothing at the end.
    Result<std::optional<CsvRow>> next() {
        while (!rest_.empty()) {
            CsvRow row{line_, {}};
            do {
                auto cell = this->cell();
                if (!cell) return cell.error();
                row.cells.push_back(std::move(*cell));
            } while (take(divider_));
            end_line();
            if (row.cells.size() > 1 || !row.cells.front().empty())
                return std::optional<CsvRow>(std::move(row));
        }
        return std::optional<CsvRow>();
    }

private:
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void end_line() {
        const bool carriage = take('\r');
        if (take('\n') || carriage) ++line_;
    }

    Result<std::string> cell() {
        const std::size_t begin = rest_.find_first_not_of(divider_ == '\t' ? " " : " \t");
        if (begin != std::string_view::npos && rest_[begin] == '"') {
            rest_.remove_prefix(begin + 1);
            return quoted();
        }
        const char ends[] = {divider_, '\r', '\n'};
        const std::size_t end =
            std::min(rest_.find_first_of(std::string_view(ends, sizeof ends)), rest_.size());
        std::string text(trimmed(rest_.substr(0, end)));
        rest_.remove_prefix(end);
        return text;
    }

    Result<std::string> quoted() {
        const std::size_t began = line_;
        std::string text;
        for (;;) {
            if (rest_.empty())
                return wrong(began,
                             "a quote begins there and does not end: put one before the "
                             "divider, and write a quote in a cell twice");
            if (take('"')) {
                if (!take('"')) break;
                text += '"';
                continue;
            }
            if (rest_.front() == '\n') ++line_;
            text += rest_.front();
            rest_.remove_prefix(1);
        }
        while (rest_.starts_with(' ')) rest_.remove_prefix(1);
        if (!rest_.empty() && rest_.front() != divider_ && rest_.front() != '\r' &&
            rest_.front() != '\n')
            return wrong(line_, "text follows a quote that ended: write a quote in a cell twice");
        return text;
    }

    std::string_view rest_;
    std::size_t line_ = 1;
    char divider_ = ',';
};

// The field of each column.
Result<std::vector<const json::Field*>> columns_of(const json::Table& table, const CsvRow& header) {
    std::vector<std::string> names;
    for (const json::Field& field : table.fields) names.push_back(field.name);
    std::vector<const json::Field*> columns;
    for (const std::string& cell : header.cells) {
        const json::Field* field = table.field(cell);
        if (!field)
            return wrong(header.line, "the first line names the columns, like " +
                                          csv_header(table) +
                                          ", and one of its names is none of "
                                          "these" +
                                          meant_instead(cell, names));
        if (std::find(columns.begin(), columns.end(), field) != columns.end())
            return wrong(header.line, "the column '" + field->name + "' stands there twice");
        columns.push_back(field);
    }
    for (const json::Field& field : table.fields)
        if (json::must_stand(field) &&
            std::find(columns.begin(), columns.end(), &field) == columns.end())
            return wrong(header.line, "the column '" + field.name +
                                          "' is missing: the first line "
                                          "names the columns, like " +
                                          csv_header(table));
    return columns;
}

json::Plain object_of(const std::vector<const json::Field*>& columns, const CsvRow& row) {
    json::Plain object = json::Plain::object();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& cell = row.cells[i];
        if (cell.empty()) continue;
        object.add(columns[i]->name, columns[i]->kind == Kind::integer ? json::number_or_text(cell)
                                                                       : json::Plain(cell));
    }
    return object;
}

}  // namespace

bool fits_csv(const json::Field& list) {
    if (!list.list || list.kind != Kind::table) return false;
    const auto& fields = list.table->fields;
    return std::all_of(fields.begin(), fields.end(), [](const json::Field& field) {
        return !field.list && (field.kind == Kind::text || field.kind == Kind::sealed ||
                               field.kind == Kind::integer);
    });
}

std::string csv_header(const json::Table& table) {
    std::string header;
    for (const json::Field& field : table.fields)
        header += (header.empty() ? "" : ",") + field.name;
    return header;
}

Result<json::Plain> list_from_csv(const json::Table& table, std::string_view text) {
    CsvReader reader(text);
    reader.find_divider();
    const auto header = reader.next();
    if (!header) return header.error();
    if (!*header)
        return error("it is empty, expected a first line with the names of the columns, like " +
                     csv_header(table));
    const auto columns = columns_of(table, **header);
    if (!columns) return columns.error();
    json::Plain list = json::Plain::list();
    for (;;) {
        const auto row = reader.next();
        if (!row) return row.error();
        if (!*row) return list;
        if ((*row)->cells.size() != columns->size())
            return wrong((*row)->line, "expected " + std::to_string(columns->size()) +
                                           " cells as in the first line, found " +
                                           std::to_string((*row)->cells.size()));
        json::Plain object = object_of(*columns, **row);
        const auto right = json::read_table(table, json::Node(object), json::Callers::the_ledger);
        if (!right) return wrong((*row)->line, right.error().message);
        list.add(std::move(object));
    }
}

}  // namespace ledger::tools
