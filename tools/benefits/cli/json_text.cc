#include "tools/benefits/cli/json_text.h"

#include <algorithm>

#include "events/json/quote.h"

namespace ledger::tools {

JsonObject& JsonObject::text(std::string_view name, std::string_view value) {
    return json(name, json::quote(value));
}

JsonObject& JsonObject::number(std::string_view name, std::uint64_t value) {
    return json(name, std::to_string(value));
}

JsonObject& JsonObject::flag(std::string_view name, bool value) {
    return json(name, value ? "true" : "false");
}

JsonObject& JsonObject::json(std::string_view name, std::string_view value) {
    if (members_.size() > 1) members_ += ',';
    ledger::json::append_quoted(members_, name);
    members_ += ':';
    members_ += value;
    return *this;
}

void JsonList::add(std::string_view value) {
    if (elements_.size() > 1) elements_ += ',';
    elements_ += value;
}

void JsonList::add_text(std::string_view value) { add(json::quote(value)); }

bool is_whole_number(std::string_view text) {
    constexpr std::size_t kDigitsMax = 19;
    if (text.starts_with('-')) text.remove_prefix(1);
    if (text.empty() || text.size() > kDigitsMax || (text.size() > 1 && text.front() == '0'))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string indented(std::string_view json) {
    std::string out;
    std::size_t depth = 0;
    bool quoted = false;
    const auto new_line = [&] { out += '\n' + std::string(2 * depth, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (quoted || c == '"') {
            if (c == '\\')
                out += json[i++];
            else if (c == '"')
                quoted = !quoted;
            out += json[i];
            continue;
        }
        const bool opens = c == '{' || c == '[';
        const bool closes = c == '}' || c == ']';
        const bool empty =
            opens && i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
        if (empty) {
            out += json.substr(i++, 2);
            continue;
        }
        if (closes) {
            --depth;
            new_line();
        }
        if (c != ' ' && c != '\n') out += c;
        if (opens) ++depth;
        if (opens || c == ',') new_line();
        if (c == ':') out += ' ';
    }
    return out + '\n';
}

}  // namespace ledger::tools
