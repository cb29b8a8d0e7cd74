#include "tools/benefits/cli/table.h"

#include <algorithm>
#include <numeric>

#include "events/check.h"
#include "events/printable.h"
#include "tools/benefits/cli/text_width.h"

namespace ledger::tools {
namespace {

constexpr std::size_t kGapColumns = 2;
// A longer word is broken.
constexpr std::size_t kWordMaxColumns = 28;
// A value beside its name is never wrapped to less than this.
constexpr std::size_t kValueMinColumns = 8;
constexpr std::size_t kAnyWidth = 1'000'000;

std::string bold(std::string_view text, const Screen& screen) {
    return screen.colour ? kBold + std::string(text) + kPlain : std::string(text);
}

std::string dim(std::string_view text, const Screen& screen) {
    return screen.colour ? kDim + std::string(text) + kPlain : std::string(text);
}

std::string spaces(std::size_t columns) { return std::string(columns, ' '); }

std::string padded(std::string_view text, std::size_t columns, Align align) {
    const std::size_t width = width_of(text);
    const std::string space = spaces(columns > width ? columns - width : 0);
    return align == Align::right ? space + std::string(text) : std::string(text) + space;
}

std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        longest = std::max(longest, width_of(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

void end_line(std::string& out) {
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
}

}  // namespace

Table& Table::column(std::string header, Align align) {
    columns_.push_back({std::move(header), align});
    return *this;
}

void Table::row(std::vector<std::string> cells) {
    LEDGER_CHECK(cells.size() == columns_.size());
    for (std::string& cell : cells) cell = printable(cell);
    rows_.push_back(std::move(cells));
}

// The widest columns of words give way first, none below its longest word; empty when the screen is
// too narrow for that.
std::vector<std::size_t> Table::widths(const Screen& screen) const {
    std::vector<std::size_t> widths;
    std::vector<std::size_t> least;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        widths.push_back(width_of(columns_[i].header));
        least.push_back(longest_word(columns_[i].header));
        for (const auto& row : rows_) {
            widths[i] = std::max(widths[i], width_of(row[i]));
            least[i] = std::max(least[i], std::min(longest_word(row[i]), kWordMaxColumns));
        }
    }
    if (screen.width == 0) return widths;
    std::size_t total = indent_ + kGapColumns * (columns_.size() - 1);
    total = std::accumulate(widths.begin(), widths.end(), total);
    while (total > screen.width) {
        std::size_t* widest = nullptr;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].align == Align::left && widths[i] > least[i] &&
                (!widest || widths[i] > *widest))
                widest = &widths[i];
        if (!widest) return {};
        --*widest;
        --total;
    }
    return widths;
}

void Table::append_row(std::string& out, const std::vector<std::string>& cells,
                       const std::vector<std::size_t>& widths) const {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        lines.push_back(wrap(cells[i], std::max<std::size_t>(widths[i], 2)));
        height = std::max(height, lines.back().size());
    }
    for (std::size_t at = 0; at < height; ++at) {
        out += spaces(indent_);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) out += spaces(kGapColumns);
            const std::string_view line =
                at < lines[i].size() ? std::string_view(lines[i][at]) : "";
            out += padded(line, widths[i], columns_[i].align);
        }
        end_line(out);
    }
}

Table Table::without_empty_columns() const {
    Table slim(indent_);
    slim.rows_.resize(rows_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (std::all_of(rows_.begin(), rows_.end(),
                        [i](const auto& row) { return row[i].empty(); }))
            continue;
        slim.columns_.push_back(columns_[i]);
        for (std::size_t at = 0; at < rows_.size(); ++at) slim.rows_[at].push_back(rows_[at][i]);
    }
    return slim;
}

std::string Table::text(const Screen& screen) const {
    return rows_.empty() ? "" : without_empty_columns().laid_out(screen);
}

std::string Table::laid_out(const Screen& screen) const {
    const std::vector<std::size_t> widths = this->widths(screen);
    if (widths.empty()) return blocks(screen);
    std::vector<std::string> headers;
    for (const Column& column : columns_) headers.push_back(column.header);
    std::string header;
    append_row(header, headers, widths);
    header.pop_back();
    std::string rule = spaces(indent_);
    const std::size_t gaps = kGapColumns * (widths.size() - 1);
    for (std::size_t i = std::accumulate(widths.begin(), widths.end(), gaps); i > 0; --i)
        rule += "─";
    std::string out = bold(header, screen) + "\n" + dim(rule, screen) + "\n";
    for (const auto& row : rows_) append_row(out, row, widths);
    return out;
}

std::string Table::blocks(const Screen& screen) const {
    std::string out;
    for (const auto& row : rows_) {
        std::vector<std::pair<std::string, std::string>> pairs;
        for (std::size_t i = 0; i < row.size(); ++i) pairs.emplace_back(columns_[i].header, row[i]);
        if (!out.empty()) out += '\n';
        out += facts(pairs, screen, indent_);
    }
    return out;
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& pairs,
                  const Screen& screen, std::size_t indent_columns) {
    std::size_t names = 0;
    for (const auto& [name, value] : pairs)
        if (!value.empty()) names = std::max(names, width_of(name));
    const std::size_t before = indent_columns + names + kGapColumns;
    std::size_t room = kAnyWidth;
    if (screen.width != 0)
        room = screen.width > before + kValueMinColumns ? screen.width - before : kValueMinColumns;
    std::string out;
    for (const auto& [name, value] : pairs) {
        if (value.empty()) continue;
        bool first = true;
        for (const std::string& line : wrap(printable(value), room)) {
            out +=
                spaces(indent_columns) +
                (first ? dim(padded(printable(name), names, Align::left), screen) : spaces(names));
            out += spaces(kGapColumns) + line;
            end_line(out);
            first = false;
        }
    }
    return out;
}

std::string paragraph(std::string_view text, const Screen& screen, std::size_t indent_columns) {
    const std::size_t room = screen.width == 0 ? kAnyWidth : screen.width - indent_columns;
    std::string out;
    for (const std::string& line : wrap(printable(text), room))
        out += spaces(indent_columns) + line + "\n";
    return out;
}

std::string title(std::string_view text, const Screen& screen) {
    std::string out;
    for (const std::string& line :
         wrap(printable(text), screen.width == 0 ? kAnyWidth : screen.width))
        out += bold(line, screen) + "\n";
    return out;
}

}  // namespace ledger::tools
