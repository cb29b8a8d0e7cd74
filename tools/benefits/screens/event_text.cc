#include "tools/benefits/screens/event_text.h"

#include "events/check.h"
#include "events/json/parse.h"
#include "events/money.h"

namespace ledger::tools {
namespace {

namespace dom = simdjson::dom;

// Nothing for what says nothing or is sealed; words for the rest.
std::string value_in_words(const dom::element& value);

std::string in_words(std::string_view name) {
    std::string words(name);
    for (char& c : words)
        if (c == '_') c = ' ';
    return words;
}

std::string table_in_words(const dom::object& object) {
    std::string words;
    for (const dom::key_value_pair pair : object) {
        const std::string value = value_in_words(pair.value);
        if (!value.empty()) words += (words.empty() ? "" : ", ") + in_words(pair.key) + " " + value;
    }
    return words;
}

std::string list_in_words(const dom::array& list) {
    std::string words;
    for (const dom::element each : list) {
        if (!each.is_string()) return std::to_string(list.size());
        words += (words.empty() ? "" : " + ") + std::string(json::as<std::string_view>(each));
    }
    return words;
}

// A person by its id, an amount as money, anything else field by field.
std::string object_in_words(const dom::object& object) {
    std::string_view id;
    std::string_view currency;
    std::int64_t amount = 0;
    if (object.at_key("amount").get(amount) == simdjson::SUCCESS &&
        object.at_key("currency").get(currency) == simdjson::SUCCESS)
        return money(amount, std::string(currency));
    std::string words;
    const bool has_id = object.at_key("id").get(id) == simdjson::SUCCESS;
    for (const dom::key_value_pair pair : object) {
        const std::string value = value_in_words(pair.value);
        if (value.empty() || (has_id && pair.key == "id")) continue;
        words += (words.empty() ? "" : ", ") + (has_id ? value : in_words(pair.key) + " " + value);
    }
    if (has_id) return std::string(id) + (words.empty() ? "" : " (" + words + ")");
    return words.empty() ? "" : "(" + words + ")";
}

std::string value_in_words(const dom::element& value) {
    if (value.is_string()) return std::string(json::as<std::string_view>(value));
    if (value.is_bool()) return json::as<bool>(value) ? "yes" : "";
    if (value.is_array()) return list_in_words(json::as<dom::array>(value));
    if (!value.is_object()) return value.is_null() ? "" : json::found(value);
    const auto object = json::as<dom::object>(value);
    dom::element sealed;
    if (object.at_key("sealed").get(sealed) != simdjson::SUCCESS) return object_in_words(object);
    return object.at_key("key").get(sealed) == simdjson::SUCCESS ? "key lost" : "";
}

}  // namespace

std::string event_json(const fb::Body& body, const json::Style& style) {
    return json::to_json(json::table_named(fb::EnumNameEvent(body.event_type())),
                         static_cast<const std::uint8_t*>(body.event()), style);
}

std::string type_in_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !words.empty()) words += ' ';
        words += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

std::string event_in_words(const fb::Body& body, const json::Style& style) {
    json::Style one_line = style;
    one_line.pretty = false;
    const std::string text = event_json(body, one_line);
    const auto root = json::parse(text);
    LEDGER_CHECK(root.ok());
    return table_in_words(json::as<dom::object>(*root));
}

}  // namespace ledger::tools
