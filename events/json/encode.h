// From FlatBuffers to JSON, for answers, dumps and exports. Members stand in the order of their
// field ids. What is left out:
//
//   - absent texts, tables, lists and optional scalars are; every other scalar is written, so that
//     0 and false show;
//   - a date or time that is not optional and still 0 is unset, and written null;
//   - a field `unsent` by callers is while it is 0.
//
// A list `by_name` is an object, and what is `joined` gives its members to the table it stands in.
// Enums by name (by number when unknown), flags as a list of names, dates "2021-02-01", times
// "2021-02-01T10:00:00.000Z", Id128 and Hash256 and bytes in hex, an entry's body as its table. A
// union is two members: "type": "SeatAssigned" and its field; of a type that this program doesn't
// know only "type" with its number. A sealed text is {"sealed": "<its keyed hash in hex>"}, never
// more, unless it can be opened. What is read must be aligned and verified; bytes in a text that
// are no UTF-8 come out as U+FFFD.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "events/bytes.h"
#include "events/json/quote.h"
#include "events/json/schema.h"
#include "events/json/table_view.h"
#include "events/result.h"
#include "events/seal.h"

namespace ledger::json {

// Opens a sealed text as Sealer::open does: nothing when its key was destroyed, which is written
// null. On an error the text stays sealed in the JSON too; where its key was lost, that stands
// beside it: {"sealed": "...", "key": "lost"}.
using OpenText = std::function<Result<std::optional<std::string>>(BytesView sealed)>;

OpenText open_with(Sealer& sealer);

struct Style {
    OpenText open = nullptr;  // leaves everything sealed
    bool pretty = false;      // indented by two spaces, instead of on one line
    bool in_words = false;    // sealed texts as words_of_sealed() has them
};

// For people: the text that was opened, else "sealed", "erased" when its key was destroyed, "key
// lost" when it is missing without that, "unreadable". Empty for no bytes.
std::string words_of_sealed(BytesView sealed, const OpenText& open);

// `table` is a table or a struct of this type.
std::string to_json(const Table& type, const std::uint8_t* table, const Style& style);

// Of any generated table or struct: to_json(body), to_json(command), to_json(*genesis), ...
template <typename Generated>
std::string to_json(const Generated& table, const Style& style = {}) {
    return to_json(table_named(Generated::GetFullyQualifiedName()),
                   reinterpret_cast<const std::uint8_t*>(&table), style);
}

// One field's value alone, which stands at `place` in its table.
std::string value_json(const Field& field, const std::uint8_t* place, const Style& style);

std::string to_json(const TableView& table, const Style& style = {});

// Of a buffer whose root is a table of that name, such as the bytes of a Body or a PartnerState
// row.
std::string to_json(std::string_view table_name, BytesView bytes, const Style& style = {});

// A document whose last field is a list of tables, written as its elements come, so that one of any
// length takes little memory: together the same as to_json() of the whole.
class LongDocument {
public:
    // `head` is the document with no element in its list.
    LongDocument(const TableView& head, Style style);
    ~LongDocument();
    LongDocument(const LongDocument&) = delete;
    LongDocument& operator=(const LongDocument&) = delete;

    void add(const TableView& element);
    void end();
    // What was written; whoever takes it away empties it.
    std::string& text();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::json
