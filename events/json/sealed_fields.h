// The sealed texts of a table by the schema, so that an event that is added needs no list of its
// own.
#pragma once

#include <functional>
#include <string_view>

#include "events/bytes.h"
#include "events/json/schema.h"

namespace ledger::json {

using OnSealed = std::function<void(BytesView sealed)>;

// `table` is aligned and verified, of this type. Each sealed text of it and of the tables in it, in
// the order of the fields.
void each_sealed(const Table& type, const std::uint8_t* table, const OnSealed& on_sealed);

// Of a generated table.
template <typename Generated>
void each_sealed(const Generated& table, const OnSealed& on_sealed) {
    each_sealed(table_named(Generated::GetFullyQualifiedName()),
                reinterpret_cast<const std::uint8_t*>(&table), on_sealed);
}

}  // namespace ledger::json
