#include "tests/events/json/random_json.h"

#include <algorithm>

#include "events/check.h"
#include "events/date.h"
#include "events/folded.h"
#include "events/json/expect.h"
#include "events/json/quote.h"

namespace ledger::json {
namespace {

constexpr std::int64_t kLedgersOwnMost = 3;  // types of commands that name no partner

}  // namespace

std::string RandomJson::command(const Choice& type) { return table(table_named("Command"), &type); }

std::string RandomJson::table(const Table& table, const Choice* type) {
    std::string out = "{";
    const auto add = [&out](std::string_view name, const std::string& json) {
        if (out.size() > 1) out += ',';
        out += quote(name) + ':' + json;
    };
    for (const Field& field : table.fields) {
        if (field.kind == Kind::variant) {
            LEDGER_CHECK(type);
            add("type", quote(type->name));
            add(field.name, this->table(*type->table, nullptr));
        } else if (type && field.name == "partner" && type->value <= kLedgersOwnMost) {
            add(field.name, "\"\"");
        } else if (!field.unsent && stands(field)) {
            add(field.name, field.list ? list(field) : value(field));
        }
    }
    return out + "}";
}

bool RandomJson::stands(const Field& field) {
    return field.required || (field.width != 0 && !field.optional) || below(2) == 0;
}

std::string RandomJson::list(const Field& field) {
    const std::uint64_t least = std::max<std::uint64_t>(
        field.length ? static_cast<std::uint64_t>(field.length->least) : 0, field.required ? 0 : 1);
    const std::uint64_t count = least + below(4);
    std::string out = "[";
    for (std::uint64_t i = 0; i < count; ++i) out += (i ? "," : "") + value(field);
    return out + "]";
}

std::string RandomJson::value(const Field& field) {
    switch (field.kind) {
        case Kind::boolean:
            return below(2) ? "true" : "false";
        case Kind::integer:
            return number(field);
        case Kind::date:
            return quote(to_string(Date{static_cast<std::int32_t>(1 + below(40'000))}));
        case Kind::time:
        case Kind::until:
            return quote(to_string(Time{static_cast<std::int64_t>(1 + below(4'000'000'000'000))}));
        case Kind::choice:
            return quote(field.choices[below(field.choices.size())].name);
        case Kind::flags:
            return flags(field);
        case Kind::text:
        case Kind::sealed:
            return text(field);
        case Kind::table:
            return table(*field.table, nullptr);
        case Kind::bytes:
        case Kind::hash:
        case Kind::nested:
        case Kind::structure:
        case Kind::variant:
            break;
    }
    LEDGER_CHECK(false);  // no command has one
}

// Often at an edge of what may be given.
std::string RandomJson::number(const Field& field) {
    const Numbers numbers = numbers_of(field);
    const std::uint64_t edge = below(4);
    if (edge == 0) return std::to_string(numbers.least);
    if (edge == 1) return std::to_string(numbers.most);
    const auto least = static_cast<std::uint64_t>(numbers.least);
    const std::uint64_t span = numbers.most - least;
    const std::uint64_t number = least + (span == ~std::uint64_t{0} ? random_() : below(span + 1));
    return numbers.least < 0 ? std::to_string(static_cast<std::int64_t>(number))
                             : std::to_string(number);
}

std::string RandomJson::text(const Field& field) {
    static const std::string kAny[] = {"a",    "Z", " ",      "\"",     "\\",         "\n",
                                       "\x01", "/", "\u00E9", "\u20AC", "\U0001F600", "7"};
    static const std::string_view kName = "abcxyz0189._-";
    const Bounds bounds = field.length && !field.list ? *field.length : Bounds{0, 20};
    const auto least = static_cast<std::size_t>(std::max<std::int64_t>(bounds.least, 1));
    const auto most = static_cast<std::size_t>(bounds.most);
    const std::size_t wanted = least + below(std::min<std::size_t>(most - least, 30) + 1);
    if (field.email) return quote(std::string(1 + below(9), 'K') + "@x.example");
    std::string text;
    while (text.size() < wanted) {
        if (field.identifier) {
            text += text.empty() ? 'k' : kName[below(kName.size())];
            continue;
        }
        const std::string next = kAny[below(std::size(kAny))];
        text += text.size() + next.size() <= most ? next : "x";
    }
    if (is_blank(text)) text.front() = 'v';
    return quote(text);
}

std::string RandomJson::flags(const Field& field) {
    std::string out = "[";
    for (const Choice& choice : field.choices)
        if (below(2)) out += (out.size() > 1 ? "," : "") + quote(choice.name);
    return out + "]";
}

}  // namespace ledger::json
