#include "tools/benefits/screens/event_text.h"

#include "events/check.h"
#include "events/json/node.h"
#include "tools/benefits/cli/money_text.h"
#include "tools/benefits/screens/partner_sheet.h"

namespace ledger::tools {
namespace {

using json::Node;

// Nothing for what says nothing or is sealed; words for the rest.
std::string value_in_words(const Node& value);

std::string in_words(std::string_view name) {
    std::string words(name);
    for (char& c : words)
        if (c == '_') c = ' ';
    return words;
}

std::string table_in_words(const Node& object) {
    std::string words;
    object.each_member([&](std::string_view name, const Node& member) {
        const std::string value = value_in_words(member);
        if (!value.empty()) words += (words.empty() ? "" : ", ") + in_words(name) + " " + value;
    });
    return words;
}

std::string list_in_words(const Node& list) {
    std::string words;
    std::size_t size = 0;
    bool texts = true;
    list.each_element([&](const Node& each) {
        ++size;
        const auto text = each.text();
        texts = texts && text;
        if (text) words += (words.empty() ? "" : " + ") + std::string(*text);
    });
    return texts ? words : std::to_string(size);
}

// A person by its id, an amount as money, anything else field by field.
std::string object_in_words(const Node& object) {
    const auto amount = object.member("amount");
    const auto currency = object.member("currency");
    if (amount && amount->integer() && currency && currency->text())
        return money(*amount->integer(), std::string(*currency->text()));
    std::string words;
    const auto named = object.member("id");
    const auto id = named ? named->text() : std::nullopt;
    object.each_member([&](std::string_view name, const Node& member) {
        const std::string value = value_in_words(member);
        if (value.empty() || (id && name == "id")) return;
        words += (words.empty() ? "" : ", ") + (id ? value : in_words(name) + " " + value);
    });
    if (id) return std::string(*id) + (words.empty() ? "" : " (" + words + ")");
    return words.empty() ? "" : "(" + words + ")";
}

std::string value_in_words(const Node& value) {
    switch (value.kind()) {
        case Node::Kind::text:
            return std::string(*value.text());
        case Node::Kind::boolean:
            return *value.boolean() ? "yes" : "";
        case Node::Kind::list:
            return list_in_words(value);
        case Node::Kind::number:
            return value.json();
        case Node::Kind::null:
            return "";
        case Node::Kind::object:
            break;
    }
    if (!value.member("sealed")) return object_in_words(value);
    return value.member("key") ? "key lost" : "";
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
    const auto root = json::read_node(text);
    LEDGER_CHECK(root.ok());
    return table_in_words(*root);
}

}  // namespace ledger::tools
