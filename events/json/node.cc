#include "events/json/node.h"

#include <new>
#include <type_traits>

#include "events/json/parse.h"

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

Node::Kind Node::kind() const {
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
    std::string_view text;
    if (held().element.get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

std::optional<bool> Node::boolean() const {
    bool value = false;
    if (held().element.get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::optional<std::int64_t> Node::integer() const {
    std::int64_t value = 0;
    if (held().element.get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

std::optional<Node> Node::member(std::string_view name) const {
    simdjson::dom::object object;
    simdjson::dom::element found;
    if (held().element.get(object) != simdjson::SUCCESS) return std::nullopt;
    if (object.at_key(name).get(found) != simdjson::SUCCESS) return std::nullopt;
    return Node(Held{found});
}

void Node::each_member(const std::function<void(std::string_view name, const Node&)>& visit) const {
    simdjson::dom::object object;
    if (held().element.get(object) != simdjson::SUCCESS) return;
    for (const simdjson::dom::key_value_pair pair : object) visit(pair.key, Node(Held{pair.value}));
}

std::string Node::json() const { return simdjson::minify(held().element); }

Result<Node> read_node(std::string_view json) {
    const auto root = parse(json);
    if (!root) return root.error();
    return Node(Node::Held{*root});
}

}  // namespace ledger::json
