#include "events/json/cells.h"

#include <algorithm>

#include "events/check.h"
#include "events/json/forms.h"
#include "events/json/walk.h"

namespace ledger::json {
namespace {

bool is_scalar(Kind kind) {
    switch (kind) {
        case Kind::boolean:
        case Kind::integer:
        case Kind::date:
        case Kind::time:
        case Kind::until:
        case Kind::choice:
        case Kind::flags:
            return true;
        case Kind::text:
        case Kind::sealed:
        case Kind::bytes:
        case Kind::nested:
        case Kind::table:
        case Kind::hash:
        case Kind::structure:
        case Kind::variant:
            return false;
    }
    return false;
}

bool is_day_or_time(Kind kind) {
    return kind == Kind::date || kind == Kind::time || kind == Kind::until;
}

Cell scalar_cell(const Field& field, std::int64_t value, const std::uint8_t* place,
                 const Style& style) {
    if (value == 0 && (field.unsent || (!field.optional && is_day_or_time(field.kind)))) return {};
    if (auto text = text_of_scalar(field, value)) return {std::move(*text), true};
    if (place) return {value_json(field, place, style), false};
    if (field.kind == Kind::boolean) return {value != 0 ? "true" : "false", false};
    return {field.kind == Kind::flags ? "[]" : std::to_string(value), false};
}

// The table that a field holds, behind its offset; the type is null where there is none.
TableView inner_table(const TableView& table, const Field& field) {
    const std::uint8_t* place = place_of(*table.type, field, table.at);
    if (!place) return {nullptr, nullptr};
    if (field.kind == Kind::structure) return {field.table, place};
    if (field.kind == Kind::table) return {field.table, follow(place)};
    if (field.kind == Kind::nested) {
        const BytesView bytes = read_bytes(follow(place));
        LEDGER_CHECK(is_aligned(bytes));
        return {field.table, reinterpret_cast<const std::uint8_t*>(
                                 flatbuffers::GetRoot<flatbuffers::Table>(bytes.data()))};
    }
    if (field.kind != Kind::variant) return {nullptr, nullptr};
    const Choice* choice = read_variant(field, table.at);
    return choice ? TableView{choice->table, follow(place)} : TableView{nullptr, nullptr};
}

bool has_column(const Table& table, std::string_view name) {
    return table.field(name) ||
           std::any_of(table.fields.begin(), table.fields.end(), [&](const Field& field) {
               return field.joined && has_column(*field.table, name);
           });
}

// Its own field of that name, or that of what is joined to it, which `table` is then.
const Field* find_column(TableView& table, std::string_view name) {
    if (const Field* field = table.type->field(name)) return field;
    for (const Field& field : table.type->fields) {
        if (!field.joined || !has_column(*field.table, name)) continue;
        table = inner_table(table, field);
        return table.type ? find_column(table, name) : &field;
    }
    return nullptr;
}

const Field* variant_of(const Table& table) {
    for (const Field& field : table.fields)
        if (field.kind == Kind::variant) return &field;
    return nullptr;
}

}  // namespace

Cell cell_at(const Field& field, const std::uint8_t* place, const Style& style) {
    if (field.list) return place ? Cell{value_json(field, place, style), false} : Cell{};
    if (is_scalar(field.kind)) {
        if (!place && field.optional) return {};
        return scalar_cell(field, place ? read_scalar(field, place) : field.otherwise, place,
                           style);
    }
    if (!place) return {};
    if (field.kind == Kind::text) return {std::string(text_of(read_bytes(follow(place)))), true};
    if (field.kind == Kind::sealed && style.in_words)
        return {words_of_sealed(read_bytes(follow(place)), style.open), true};
    if (field.kind == Kind::hash) {
        Cell hex{{}, true};
        append_hash(hex.text, *field.table, place);
        return hex;
    }
    if (field.kind == Kind::bytes) {
        Cell hex{{}, true};
        append_hex(hex.text, read_bytes(follow(place)));
        return hex;
    }
    return {value_json(field, place, style), false};
}

Cell cell(const TableView& table, std::string_view column, const Style& style) {
    TableView at = table;
    for (;;) {
        const std::size_t dot = column.find('.');
        const std::string_view name = column.substr(0, dot);
        const Field* variant = variant_of(*at.type);
        if (variant && name == "type" && dot == std::string_view::npos) {
            const Choice* choice = read_variant(*variant, at.at);
            return choice ? Cell{choice->name, true} : Cell{};
        }
        const Field* field = find_column(at, name);
        LEDGER_CHECK(field);
        if (!at.type) return {};
        if (dot == std::string_view::npos && field->kind == Kind::variant) {
            const TableView held = inner_table(at, *field);
            return held.type ? Cell{to_json(held, style), false} : Cell{};
        }
        if (dot == std::string_view::npos)
            return cell_at(*field, place_of(*at.type, *field, at.at), style);
        at = inner_table(at, *field);
        if (!at.type) return {};
        column.remove_prefix(dot + 1);
    }
}

}  // namespace ledger::json
