// A JSON value that the program made: what typed options and rows of a spreadsheet come to before
// they are read by the schema (node.h), and figures that are printed and are no table of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ledger::json {

class Plain {
public:
    struct Member;
    using List = std::vector<Plain>;
    using Object = std::vector<Member>;  // in the order in which they were added

    // Made and copied elsewhere: Member is not whole here.
    Plain();  // null
    explicit Plain(bool value);
    explicit Plain(std::int64_t value);
    explicit Plain(std::uint64_t value);
    explicit Plain(double value);
    explicit Plain(std::string value);
    explicit Plain(std::string_view value);
    explicit Plain(const char* value);
    Plain(const Plain& other);
    Plain(Plain&& other) noexcept;
    Plain& operator=(const Plain& other);
    Plain& operator=(Plain&& other) noexcept;
    ~Plain();

    static Plain object();
    static Plain list();

    // To an object, behind what it has.
    Plain& add(std::string_view name, Plain value);
    // To a list.
    void add(Plain value);

    using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double,
                               std::string, List, Object>;
    const Value& value() const { return value_; }

private:
    Value value_;
};

struct Plain::Member {
    std::string name;
    Plain value;
};

// A whole number as JSON writes it, else nothing that can be one: then it stays a text.
Plain number_or_text(std::string_view text);

// `pretty`: indented by two spaces, instead of on one line.
std::string to_json(const Plain& plain, bool pretty = false);

}  // namespace ledger::json
