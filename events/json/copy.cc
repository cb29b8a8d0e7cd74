#include "events/json/copy.h"

#include <vector>

#include "events/check.h"
#include "events/json/walk.h"

namespace ledger::json {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

// An optional scalar is written even when it is 0.
template <typename Bits>
void put_bits(FlatBufferBuilder& out, const Field& field, std::int64_t number) {
    if (field.optional)
        out.AddElement<Bits>(field.offset, static_cast<Bits>(number));
    else
        out.AddElement<Bits>(field.offset, static_cast<Bits>(number),
                             static_cast<Bits>(field.otherwise));
}

Offset<void> copy_bytes(FlatBufferBuilder& out, const std::uint8_t* vector) {
    const BytesView bytes = read_bytes(vector);
    return out.CreateVector(bytes.data(), bytes.size()).Union();
}

Offset<void> copy_text(FlatBufferBuilder& out, const std::uint8_t* vector) {
    const std::string_view text = text_of(read_bytes(vector));
    return out.CreateString(text.data(), text.size()).Union();
}

Offset<void> copy_table(FlatBufferBuilder& out, const Table& table, const std::uint8_t* at) {
    std::vector<Offset<void>> outside;
    outside.reserve(table.fields.size());
    for (const Field& field : table.fields) {
        const std::uint8_t* place = place_of(table, field, at);
        outside.push_back(place ? copy_outside(out, field, place) : Offset<void>());
    }
    const flatbuffers::uoffset_t start = out.StartTable();
    for (std::size_t i = 0; i < table.fields.size(); ++i)
        if (const std::uint8_t* place = place_of(table, table.fields[i], at))
            copy_inside(out, table.fields[i], table.fields[i], place, outside[i]);
    return Offset<void>(out.EndTable(start));
}

Offset<void> copy_list(FlatBufferBuilder& out, const Field& field, const std::uint8_t* vector) {
    LEDGER_CHECK(field.kind == Kind::text || field.kind == Kind::table);
    const List list = read_list(field, vector);
    std::vector<Offset<void>> elements;
    elements.reserve(list.count);
    for (std::uint32_t i = 0; i < list.count; ++i) {
        const std::uint8_t* element = follow(list.first + std::size_t{i} * list.stride);
        elements.push_back(field.kind == Kind::text ? copy_text(out, element)
                                                    : copy_table(out, *field.table, element));
    }
    return out.CreateVector(elements).Union();
}

}  // namespace

Offset<void> copy_outside(FlatBufferBuilder& out, const Field& field, const std::uint8_t* place) {
    if (field.list) return copy_list(out, field, follow(place));
    switch (field.kind) {
        case Kind::text:
            return copy_text(out, follow(place));
        case Kind::sealed:
        case Kind::bytes:
            return copy_bytes(out, follow(place));
        case Kind::table:
            return copy_table(out, *field.table, follow(place));
        case Kind::boolean:
        case Kind::integer:
        case Kind::date:
        case Kind::time:
        case Kind::until:
        case Kind::choice:
        case Kind::flags:
        case Kind::hash:
            return 0;
        case Kind::nested:
        case Kind::structure:
        case Kind::variant:
            break;
    }
    LEDGER_CHECK(false);
}

void copy_inside(FlatBufferBuilder& out, const Field& to, const Field& from,
                 const std::uint8_t* place, Offset<void> outside) {
    if (from.kind == Kind::hash) {
        out.Align(from.table->alignment);
        out.PushBytes(place, from.table->width);
        out.AddStructOffset(to.offset, out.GetSize());
    } else if (from.width == 0 || from.list) {
        out.AddOffset(to.offset, outside);
    } else {
        put_scalar(out, to, read_scalar(from, place));
    }
}

void put_scalar(FlatBufferBuilder& out, const Field& field, std::int64_t number) {
    switch (field.width) {
        case 1:
            return put_bits<std::uint8_t>(out, field, number);
        case 2:
            return put_bits<std::uint16_t>(out, field, number);
        case 4:
            return put_bits<std::uint32_t>(out, field, number);
        default:
            return put_bits<std::uint64_t>(out, field, number);
    }
}

}  // namespace ledger::json
