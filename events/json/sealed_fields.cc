#include "events/json/sealed_fields.h"

#include "events/json/walk.h"

namespace ledger::json {
namespace {

void look_at(const Field& field, const std::uint8_t* place, const OnSealed& on_sealed) {
    if (field.kind == Kind::sealed) return on_sealed(read_bytes(follow(place)));
    if (field.kind == Kind::table) return each_sealed(*field.table, follow(place), on_sealed);
    if (field.kind == Kind::structure) each_sealed(*field.table, place, on_sealed);
}

}  // namespace

void each_sealed(const Table& type, const std::uint8_t* table, const OnSealed& on_sealed) {
    for (const Field& field : type.fields) {
        if (field.kind == Kind::variant) {
            const Choice* choice = read_variant(field, table);
            const std::uint8_t* place =
                reinterpret_cast<const flatbuffers::Table*>(table)->GetAddressOf(field.offset);
            if (choice && place) each_sealed(*choice->table, follow(place), on_sealed);
            continue;
        }
        const std::uint8_t* place = place_of(type, field, table);
        if (!place) continue;
        if (!field.list) {
            look_at(field, place, on_sealed);
            continue;
        }
        const List elements = read_list(field, follow(place));
        for (std::uint32_t i = 0; i < elements.count; ++i)
            look_at(field, elements.first + std::size_t{i} * elements.stride, on_sealed);
    }
}

}  // namespace ledger::json
