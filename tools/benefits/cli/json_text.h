// JSON written by hand, for the few shapes that are no table of the schema: members in the order
// they are added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ledger::tools {

class JsonObject {
public:
    JsonObject& text(std::string_view name, std::string_view value);
    JsonObject& number(std::string_view name, std::uint64_t value);
    JsonObject& flag(std::string_view name, bool value);
    // `value` is JSON already.
    JsonObject& json(std::string_view name, std::string_view value);

    std::string line() const { return members_ + "}"; }

private:
    std::string members_ = "{";
};

class JsonList {
public:
    // `value` is JSON already.
    void add(std::string_view value);
    void add_text(std::string_view value);

    std::string line() const { return elements_ + "]"; }

private:
    std::string elements_ = "[";
};

// A number as JSON writes it, and no longer than any of ours.
bool is_whole_number(std::string_view text);

// The same JSON, indented by two spaces, with an end of line. `json` is valid.
std::string indented(std::string_view json);

}  // namespace ledger::tools
