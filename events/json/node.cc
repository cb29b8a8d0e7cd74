#include "events/json/node.h"

#include <new>
#include <type_traits>

#include "events/check.h"
#include "events/json/parse.h"
#include "events/json/quote.h"

namespace ledger::json {

struct Node::Held {
    simdjson::dom::element element;
};

Node::Node(const Held& held) {
    static_assert(sizeof(Held) <= sizeof held_ && alignof(Held) <= alignof(void*));
    static_assert(std::is_trivially_copyable_v<Held> && std::is_trivially_destructible_v<Held>);
    new (held_) Held(held);
}

const Node::Held& Node::held() const { return *std::launder(reinterpret_cast<const Held*>(held_)); }

namespace {

struct KindOf {
    Node::Kind operator()(std::nullptr_t) const { return Node::Kind::null; }
    Node::Kind operator()(bool) const { return Node::Kind::boolean; }
    Node::Kind operator()(std::int64_t) const { return Node::Kind::number; }
    Node::Kind operator()(std::uint64_t) const { return Node::Kind::number; }
    Node::Kind operator()(double) const { return Node::Kind::number; }
    Node::Kind operator()(const std::string&) const { return Node::Kind::text; }
    Node::Kind operator()(const Plain::List&) const { return Node::Kind::list; }
    Node::Kind operator()(const Plain::Object&) const { return Node::Kind::object; }
};

template <typename Native>
std::optional<Native> value_of(const simdjson::dom::element& element) {
    Native value{};
    if (element.get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

template <typename Native>
std::optional<Native> value_of(const Plain& plain) {
    const auto* value = std::get_if<Native>(&plain.value());
    return value ? std::optional(*value) : std::nullopt;
}

}  // namespace

Node::Kind Node::kind() const {
    if (plain_) return std::visit(KindOf{}, plain_->value());
    switch (held().element.type()) {
        case simdjson::dom::element_type::ARRAY:
            return Kind::list;
        case simdjson::dom::element_type::OBJECT:
            return Kind::object;
        case simdjson::dom::element_type::INT64:
        case simdjson::dom::element_type::UINT64:
        case simdjson::dom::element_type::DOUBLE:
            return Kind::number;
        case simdjson::dom::element_type::STRING:
            return Kind::text;
        case simdjson::dom::element_type::BOOL:
            return Kind::boolean;
        case simdjson::dom::element_type::NULL_VALUE:
            return Kind::null;
    }
    return Kind::null;
}

std::optional<std::string_view> Node::text() const {
    if (!plain_) return value_of<std::string_view>(held().element);
    const auto* text = std::get_if<std::string>(&plain_->value());
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::optional<bool> Node::boolean() const {
    return plain_ ? value_of<bool>(*plain_) : value_of<bool>(held().element);
}

std::optional<std::int64_t> Node::integer() const {
    return plain_ ? value_of<std::int64_t>(*plain_) : value_of<std::int64_t>(held().element);
}

std::optional<std::uint64_t> Node::large_integer() const {
    return plain_ ? value_of<std::uint64_t>(*plain_) : value_of<std::uint64_t>(held().element);
}

std::optional<Node> Node::member(std::string_view name) const {
    if (plain_) {
        if (const auto* object = std::get_if<Plain::Object>(&plain_->value()))
            for (const Plain::Member& each : *object)
                if (each.name == name) return Node(each.value);
        return std::nullopt;
    }
    simdjson::dom::object object;
    simdjson::dom::element found;
    if (held().element.get(object) != simdjson::SUCCESS) return std::nullopt;
    if (object.at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
    return Node(Held{found});
}

bool Node::each_member(const VisitMember& visit) const {
    if (plain_) {
        if (const auto* object = std::get_if<Plain::Object>(&plain_->value()))
            for (const Plain::Member& each : *object)
                if (!visit(each.name, Node(each.value))) return false;
        return true;
    }
    simdjson::dom::object object;
    if (held().element.get(object) != simdjson::SUCCESS) return true;
    for (const simdjson::dom::key_value_pair pair : object)
        if (!visit(pair.key, Node(Held{pair.value}))) return false;
    return true;
}

bool Node::each_element(const VisitElement& visit) const {
    if (plain_) {
        if (const auto* list = std::get_if<Plain::List>(&plain_->value()))
            for (const Plain& each : *list)
                if (!visit(Node(each))) return false;
        return true;
    }
    simdjson::dom::array list;
    if (held().element.get(list) != simdjson::SUCCESS) return true;
    for (const simdjson::dom::element each : list)
        if (!visit(Node(Held{each}))) return false;
    return true;
}

std::string Node::in_words() const {
    switch (kind()) {
        case Kind::list:
            return "a list";
        case Kind::object:
            return "an object";
        case Kind::text:
            return quote(shortened(*text(), kFoundMaxBytes));
        case Kind::boolean:
        case Kind::number:
        case Kind::null:
            return to_json(plain());
    }
    return "something else";
}

Plain Node::plain() const {
    if (plain_) return *plain_;
    switch (kind()) {
        case Kind::null:
            return {};
        case Kind::boolean:
            return Plain(*boolean());
        case Kind::text:
            return Plain(*text());
        case Kind::number:
            if (const auto number = integer()) return Plain(*number);
            if (const auto number = large_integer()) return Plain(*number);
            return Plain(value_of<double>(held().element).value_or(0));
        case Kind::list: {
            Plain list = Plain::list();
            each_element([&](const Node& each) {
                list.add(each.plain());
                return true;
            });
            return list;
        }
        case Kind::object: {
            Plain object = Plain::object();
            each_member([&](std::string_view name, const Node& each) {
                object.add(name, each.plain());
                return true;
            });
            return object;
        }
    }
    return {};
}

Result<Node> read_node(std::string_view json) {
    const auto root = parse(json);
    if (!root) return root.error();
    return Node(Node::Held{*root});
}

}  // namespace ledger::json
