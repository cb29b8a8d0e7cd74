// Looking into JSON text without a schema, value by value. The parser itself is seen in this room
// only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "events/result.h"

namespace ledger::json {

// A value in a text that was read. It and its texts stand until anybody reads another text on the
// same thread.
class Node {
public:
    enum class Kind { object, list, text, boolean, number, null };

    Kind kind() const;
    bool is(Kind of) const { return kind() == of; }

    // Its value; nothing when it is of another kind.
    std::optional<std::string_view> text() const;
    std::optional<bool> boolean() const;
    std::optional<std::int64_t> integer() const;
    // The member of an object; nothing when there is no such member, or this is no object.
    std::optional<Node> member(std::string_view name) const;

    // In the order of the text; nothing is visited when it is of another kind.
    void each_member(const std::function<void(std::string_view name, const Node&)>& visit) const;

    // As JSON, without white space.
    std::string json() const;

private:
    friend Result<Node> read_node(std::string_view json);
    struct Held;
    explicit Node(const Held& held);
    const Held& held() const;

    // The parser's own two words, which nobody outside needs to know.
    alignas(void*) std::byte held_[2 * sizeof(void*)]{};
};

// Error: it is no JSON, in words that help somebody who edits a file.
Result<Node> read_node(std::string_view json);

}  // namespace ledger::json
