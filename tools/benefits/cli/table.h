// Tables for people: aligned columns under a header. What doesn't fit the screen is wrapped inside
// its column; where even that is too narrow every row becomes a block of "header  value" lines.
// Cells may hold any bytes: what is not fit to be printed is replaced (events/printable.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/benefits/cli/output.h"

namespace ledger::tools {

enum class Align { left, right };

class Table {
public:
    explicit Table(std::size_t indent_columns = 0) : indent_(indent_columns) {}

    Table& column(std::string header, Align align = Align::left);
    // As many cells as there are columns.
    void row(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }

    // Lines with their ends.
    std::string text(const Screen& screen) const;

private:
    struct Column {
        std::string header;
        Align align{};
    };

    Table without_empty_columns() const;
    std::string laid_out(const Screen& screen) const;
    std::vector<std::size_t> widths(const Screen& screen) const;
    void append_row(std::string& out, const std::vector<std::string>& cells,
                    const std::vector<std::size_t>& widths) const;
    std::string blocks(const Screen& screen) const;

    std::size_t indent_;
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// One "name  value" line for each pair, values aligned and wrapped; pairs without a value are left
// out.
std::string facts(const std::vector<std::pair<std::string, std::string>>& pairs,
                  const Screen& screen, std::size_t indent_columns = 0);

// Lines of words, wrapped where they are too long for the screen.
std::string paragraph(std::string_view text, const Screen& screen, std::size_t indent_columns = 0);

// A line in bold, wrapped where it is too long for the screen.
std::string title(std::string_view text, const Screen& screen);

}  // namespace ledger::tools
