#include "tools/benefits/screens/event_text.h"

#include "events/json/cells.h"
#include "events/json/walk.h"
#include "events/money.h"
#include "screen_words_generated.h"

namespace ledger::tools {
namespace {

using json::Field;
using json::Kind;
using json::TableView;

class EventTeller {
public:
    EventTeller(const json::Style& style, Language in) : style_(style), in_(in) {}

    // "order ap-2020, seat 1, person kim"
    std::string fields(const TableView& table) const;

private:
    std::string value(const Field& field, const std::uint8_t* place) const;
    std::string list(const Field& field, const std::uint8_t* vector) const;
    std::string inner(const TableView& table) const;
    std::string sealed(BytesView bytes) const;
    std::string flags(const Field& field, std::int64_t value) const;
    std::string choice(const Field& field, const std::uint8_t* place) const;

    const json::Style& style_;
    Language in_;
};

std::string EventTeller::flags(const Field& field, std::int64_t value) const {
    std::string text;
    for (const json::Choice& choice : field.choices)
        if ((value & choice.value) != 0)
            text +=
                (text.empty() ? "" : " + ") + plain_value_name(field.choices_of, choice.name, in_);
    return text;
}

// A number that has no name as it stands.
std::string EventTeller::choice(const Field& field, const std::uint8_t* place) const {
    const json::Choice* known =
        field.choice(place ? json::read_scalar(field, place) : field.otherwise);
    return known ? plain_value_name(field.choices_of, known->name, in_)
                 : json::cell_at(field, place, style_).text;
}

std::string EventTeller::fields(const TableView& table) const {
    std::string words;
    for (const Field& field : table.type->fields) {
        const std::string text = value(field, json::place_of(*table.type, field, table.at));
        if (!text.empty())
            words += (words.empty() ? "" : ", ") + field_name(field.name, in_) + " " + text;
    }
    return words;
}

// Texts one by one; of anything else how many there are.
std::string EventTeller::list(const Field& field, const std::uint8_t* vector) const {
    const json::List elements = json::read_list(field, vector);
    if (field.kind != Kind::text) return elements.count == 0 ? "" : std::to_string(elements.count);
    std::string words;
    for (std::uint32_t i = 0; i < elements.count; ++i)
        words += (words.empty() ? "" : " + ") +
                 std::string(text_of(json::read_bytes(
                     json::follow(elements.first + std::size_t{i} * elements.stride))));
    return words;
}

// A person by its id, an amount as money, anything else field by field.
std::string EventTeller::inner(const TableView& table) const {
    if (table.type->name == "Money") {
        const auto& amount = *reinterpret_cast<const fb::Money*>(table.at);
        return money(amount.amount(), amount.currency()->string_view());
    }
    const Field* id = table.type->field("id");
    std::string words;
    for (const Field& field : table.type->fields) {
        const std::string text = value(field, json::place_of(*table.type, field, table.at));
        if (text.empty() || &field == id) continue;
        words +=
            (words.empty() ? "" : ", ") + (id ? text : field_name(field.name, in_) + " " + text);
    }
    if (!words.empty()) words = "(" + words + ")";
    if (!id) return words;
    return json::cell(table, "id").text + (words.empty() ? "" : " " + words);
}

// Nothing of what stays sealed, or was erased.
std::string EventTeller::sealed(BytesView bytes) const {
    if (!style_.open) return {};
    const auto opened = style_.open(bytes);
    if (opened) return opened->value_or("");
    return opened.error().key_lost ? words::key_lost(in_) : "";
}

// Nothing for what says nothing or is sealed; words for the rest.
std::string EventTeller::value(const Field& field, const std::uint8_t* place) const {
    if (field.list) return place ? list(field, json::follow(place)) : "";
    switch (field.kind) {
        case Kind::boolean:
            return json::cell_at(field, place, style_).text == "true" ? words::yes(in_) : "";
        case Kind::flags:
            return flags(field, place ? json::read_scalar(field, place) : field.otherwise);
        case Kind::sealed:
            return place ? sealed(json::read_bytes(json::follow(place))) : "";
        case Kind::table:
            return place ? inner({field.table, json::follow(place)}) : "";
        case Kind::structure:
            return place ? inner({field.table, place}) : "";
        case Kind::choice:
            return choice(field, place);
        case Kind::integer:
        case Kind::date:
        case Kind::time:
        case Kind::until:
        case Kind::text:
        case Kind::bytes:
        case Kind::nested:
        case Kind::hash:
            return json::cell_at(field, place, style_).text;
        case Kind::variant:
            return {};  // no event holds another
    }
    return {};
}

TableView event_of(const fb::Body& body) {
    return {&json::table_named(fb::EnumNameEvent(body.event_type())),
            static_cast<const std::uint8_t*>(body.event())};
}

}  // namespace

std::string type_in_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !words.empty()) words += ' ';
        words += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

std::string event_in_words(const fb::Body& body, const json::Style& style, Language in) {
    return EventTeller(style, in).fields(event_of(body));
}

}  // namespace ledger::tools
