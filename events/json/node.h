// A JSON value as it stands, for those who know no schema of it: of a text that was read, or made by
// the program (plain.h). The parser stays in this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "events/json/plain.h"
#include "events/result.h"

namespace ledger::json {

// Of what was found instead, as shown in a message.
inline constexpr std::size_t kFoundMaxBytes = 40;

// A view: of a text that was read it and its texts stand until the next text is read on the same
// thread, by whomever; of a plain value as long as that.
class Node {
public:
    explicit Node(const Plain& plain) : plain_(&plain) {}

    enum class Kind { object, list, text, boolean, number, null };

    Kind kind() const;
    bool is(Kind of) const { return kind() == of; }

    // Nothing when it is of another kind, or a number that doesn't fit.
    std::optional<std::string_view> text() const;
    std::optional<bool> boolean() const;
    std::optional<std::int64_t> integer() const;
    std::optional<std::uint64_t> large_integer() const;
    // Of an object; nothing also when it is none.
    std::optional<Node> member(std::string_view name) const;

    // In the order in which they stand, until `visit` says false; whether it never did. Nothing is
    // visited when it is of another kind.
    using VisitMember = std::function<bool(std::string_view name, const Node&)>;
    bool each_member(const VisitMember& visit) const;
    using VisitElement = std::function<bool(const Node&)>;
    bool each_element(const VisitElement& visit) const;

    // What a message says that it found: `"ten"`, `1.5`, `a list`.
    std::string in_words() const;
    // A copy that stands by itself.
    Plain plain() const;

private:
    friend Result<Node> read_node(std::string_view json);
    struct Held;
    explicit Node(const Held& held);
    const Held& held() const;

    // The parser's own two words, which nobody outside needs to know, unless it is a plain value.
    alignas(void*) std::byte held_[2 * sizeof(void*)]{};
    const Plain* plain_ = nullptr;
};

// Error: it is no JSON, in words that help somebody who edits a file.
Result<Node> read_node(std::string_view json);

}  // namespace ledger::json
