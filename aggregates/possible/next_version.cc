#include "aggregates/possible/next_version.h"

#include <algorithm>

#include "events/json/values.h"

namespace ledger::possible {
namespace {

using json::Kind;
using json::Value;

constexpr std::uint64_t kEffectiveMaxDays = 20;
// How far a number goes at once.
constexpr std::int64_t kStepMax = 3;

template <typename Native>
std::vector<Value> values_in(const Native& native, Texts& texts) {
    using Table = typename Native::TableType;
    flatbuffers::FlatBufferBuilder builder;
    builder.Finish(Table::Pack(builder, &native));
    const std::string_view bytes =
        texts.keep(std::string(text_of(BytesView(builder.GetBufferPointer(), builder.GetSize()))));
    return json::values_of(
        json::table_named(Table::GetFullyQualifiedName()),
        reinterpret_cast<const std::uint8_t*>(flatbuffers::GetRoot<Table>(bytes.data())));
}

std::vector<Value> last_of(const json::Table& table, const LedgerState& ledger, Texts& texts) {
    if (table.name == "PolicyVersion" && !ledger.policies.empty())
        return values_in(ledger.policies.back(), texts);
    if (table.name == "CatalogueVersion" && !ledger.catalogues.empty())
        return values_in(ledger.catalogues.back(), texts);
    return {};
}

// A field that is absent holds its default.
Value& value_of(std::vector<Value>& parts, const json::Field& field) {
    for (Value& part : parts)
        if (part.field == &field) return part;
    Value& value = parts.emplace_back();
    value.field = &field;
    value.number = field.otherwise;
    return value;
}

// Of what stands in a list only quantities: what a grant is, and whether an offer is sold, stays.
bool can_change(const json::Field& field, bool in_list) {
    if (field.kind == Kind::integer) return field.range && field.name != "version";
    return !in_list && (field.kind == Kind::boolean || field.kind == Kind::choice);
}

void change(Value& value, Dice& dice) {
    const json::Field& field = *value.field;
    if (field.kind == Kind::boolean) {
        value.number = 1 - value.number;
    } else if (field.kind == Kind::choice) {
        value.number = dice.pick(field.choices).value;
    } else {
        const auto step = static_cast<std::int64_t>(dice.between(0, 2 * kStepMax)) - kStepMax;
        value.number = std::clamp(value.number + step, field.range->least, field.range->most);
    }
}

// In the table's list, if it has one.
void change_something(const json::Table& table, std::vector<Value>& parts, Dice& dice,
                      bool in_list) {
    for (Value& part : parts) {
        if (part.field->kind != Kind::table || !part.field->list || part.parts.empty()) continue;
        Value& one = part.parts[dice.index(part.parts.size())];
        return change_something(*part.field->table, one.parts, dice, true);
    }
    std::vector<const json::Field*> fields;
    for (const json::Field& field : table.fields)
        if (can_change(field, in_list)) fields.push_back(&field);
    if (!fields.empty()) change(value_of(parts, *dice.pick(fields)), dice);
}

}  // namespace

std::optional<std::vector<Value>> next_version(const json::Table& table, const Standing& standing,
                                               Dice& dice, std::uint32_t wrong, Texts& texts) {
    std::vector<Value> parts = last_of(table, standing.ledger, texts);
    if (parts.empty()) return std::nullopt;
    change_something(table, parts, dice, false);
    if (!dice.per_mille(wrong)) ++value_of(parts, *table.field("version")).number;
    const auto days = static_cast<std::int32_t>(dice.between(0, kEffectiveMaxDays));
    value_of(parts, *table.field("effective")).number =
        plus_days(standing.today(), dice.per_mille(wrong) ? -1 : days).days;
    return parts;
}

}  // namespace ledger::possible
