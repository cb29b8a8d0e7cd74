// A list of the ledger, printed element by element in whichever form is wanted: one JSON document,
// rows, or tables for people. It takes the memory of a piece of it, however long it is. Nothing is
// printed before the first element or the end: there may be something else to say.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/json/encode.h"
#include "events/json/table_view.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {

// How a list looks.
struct ListLook {
    json::TableView head;    // the document without elements; its last field is the list
    const json::Table& row;  // of an element
    json::Style style;
    Table columns;  // for people, without rows
    // The title for people, given how many elements there are; nothing: not all are there yet. The
    // count comes at the end of such a list.
    std::function<std::string(std::optional<std::uint64_t> count)> title;
    // At the end of such a list: "12,345 events" of "12,345".
    std::function<std::string(std::string_view count)> counted;
};

class ListPrinter {
public:
    // So many rows are laid out together; those after them get a head and widths of their own.
    static constexpr std::size_t kRowsTogether = 1'000;

    // The format, and what the look has views of, outlive it.
    ListPrinter(const ListFormat& format, ListLook look)
        : format_(format), look_(std::move(look)), table_(look_.columns) {}

    // `cells` are asked for where a table for people is wanted. False once stdout is gone.
    bool add(const json::TableView& element,
             const std::function<std::vector<std::string>()>& cells);
    void finish();
    std::uint64_t count() const { return count_; }

private:
    void begin();
    bool print_table(bool whole);
    bool print_document(std::size_t unless_shorter_bytes);

    const ListFormat& format_;
    ListLook look_;
    std::uint64_t count_ = 0;
    std::uint64_t laid_out_ = 0;  // rows that were printed
    Table table_;
    std::optional<RowsPrinter> rows_;
    std::optional<json::LongDocument> document_;
};

}  // namespace ledger::tools
