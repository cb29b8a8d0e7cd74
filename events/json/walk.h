// Reading a FlatBuffer by the schema: where a field stands and what its bits are. The buffer must
// be aligned and verified, by the generated verifier or because we made it ourselves.
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <cstdint>
#include <string_view>

#include "events/bytes.h"
#include "events/json/schema.h"

namespace ledger::json {

// Where the field's own bytes stand in a table or struct; null when it is absent.
inline const std::uint8_t* place_of(const Table& table, const Field& field,
                                    const std::uint8_t* at) {
    if (table.is_struct) return at + field.offset;
    return reinterpret_cast<const flatbuffers::Table*>(at)->GetAddressOf(field.offset);
}

// From a place that holds an offset to what it points to: a text, a table, a list, bytes.
inline const std::uint8_t* follow(const std::uint8_t* place) {
    return place + flatbuffers::ReadScalar<flatbuffers::uoffset_t>(place);
}

// A scalar, sign-extended when it is signed.
inline std::int64_t read_scalar(const Field& field, const std::uint8_t* place) {
    using flatbuffers::ReadScalar;
    switch (field.width) {
        case 1:
            return field.is_signed ? ReadScalar<std::int8_t>(place)
                                   : ReadScalar<std::uint8_t>(place);
        case 2:
            return field.is_signed ? ReadScalar<std::int16_t>(place)
                                   : ReadScalar<std::uint16_t>(place);
        case 4:
            return field.is_signed ? std::int64_t{ReadScalar<std::int32_t>(place)}
                                   : std::int64_t{ReadScalar<std::uint32_t>(place)};
        default:
            return ReadScalar<std::int64_t>(place);
    }
}

// Texts and bytes: a length and what follows it.
inline BytesView read_bytes(const std::uint8_t* vector) {
    return {vector + sizeof(flatbuffers::uoffset_t),
            flatbuffers::ReadScalar<flatbuffers::uoffset_t>(vector)};
}

// Elements of a list: how many, how far apart, and where the first stands.
struct List {
    const std::uint8_t* first;
    std::uint32_t count;
    std::uint32_t stride;
};

inline List read_list(const Field& field, const std::uint8_t* vector) {
    std::uint32_t stride = field.width;
    if (field.kind == Kind::hash || field.kind == Kind::structure) stride = field.table->width;
    if (field.kind == Kind::table || field.kind == Kind::text)
        stride = sizeof(flatbuffers::uoffset_t);
    return {vector + sizeof(flatbuffers::uoffset_t),
            flatbuffers::ReadScalar<flatbuffers::uoffset_t>(vector), stride};
}

// The member that a union holds; null for none, or one that this program doesn't know.
inline const Choice* read_variant(const Field& field, const std::uint8_t* table) {
    const auto* type =
        reinterpret_cast<const flatbuffers::Table*>(table)->GetAddressOf(field.type_offset());
    return type ? field.choice(std::int64_t{*type}) : nullptr;
}

}  // namespace ledger::json
