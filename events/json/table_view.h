// A table beside its type: what can be read by the schema, whoever made it.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <cstdint>

#include "events/json/schema.h"

namespace ledger::json {

// `at` is aligned and verified, a table or struct of that type. It lives elsewhere.
struct TableView {
    const Table* type;
    const std::uint8_t* at;
};

// Of any generated table.
template <typename Generated>
TableView view_of_table(const Generated& table) {
    return {&table_named(Generated::GetFullyQualifiedName()),
            reinterpret_cast<const std::uint8_t*>(&table)};
}

// A generated native object, packed: as it lies in a buffer it can be read by the schema. Memory is
// used again by the next one.
class Packed {
public:
    Packed() = default;
    template <typename Native>
    explicit Packed(const Native& native) {
        pack(native);
    }

    // The view holds until the next call.
    template <typename Native>
    TableView pack(const Native& native) {
        using Generated = typename Native::TableType;
        builder_.Clear();
        builder_.Finish(Generated::Pack(builder_, &native));
        view_ = view_of_table(*flatbuffers::GetRoot<Generated>(builder_.GetBufferPointer()));
        return view_;
    }

    TableView view() const { return view_; }

private:
    flatbuffers::FlatBufferBuilder builder_;
    TableView view_{};
};

}  // namespace ledger::json
