#include "events/json/values.h"

#include "events/json/walk.h"

namespace ledger::json {
namespace {

// `place` holds an offset for whatever is no scalar and no struct.
Value value_at(const Field& field, const std::uint8_t* place) {
    Value value;
    value.field = &field;
    switch (field.kind) {
        case Kind::boolean:
        case Kind::integer:
        case Kind::date:
        case Kind::time:
        case Kind::until:
        case Kind::choice:
        case Kind::flags:
            value.number = read_scalar(field, place);
            return value;
        case Kind::text:
            value.text = text_of(read_bytes(follow(place)));
            return value;
        case Kind::bytes:
            value.bytes = text_of(read_bytes(follow(place)));
            return value;
        case Kind::table:
            value.parts = values_of(*field.table, follow(place));
            return value;
        case Kind::hash:
            value.bytes.assign(place, place + field.table->width);
            return value;
        case Kind::sealed:
        case Kind::nested:
        case Kind::structure:
        case Kind::variant:
            break;
    }
    LEDGER_CHECK(false);
}

Value list_at(const Field& field, const std::uint8_t* place) {
    Value value;
    value.field = &field;
    const List list = read_list(field, follow(place));
    for (std::uint32_t i = 0; i < list.count; ++i)
        value.parts.push_back(value_at(field, list.first + std::size_t{i} * list.stride));
    return value;
}

}  // namespace

std::vector<Value> values_of(const Table& type, const std::uint8_t* table) {
    std::vector<Value> values;
    for (const Field& field : type.fields)
        if (const std::uint8_t* place = place_of(type, field, table))
            values.push_back(field.list ? list_at(field, place) : value_at(field, place));
    return values;
}

}  // namespace ledger::json
