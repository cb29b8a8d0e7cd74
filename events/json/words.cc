#include "events/json/words.h"

#include <algorithm>

#include "events/check.h"
#include "events/date.h"
#include "events/json/walk.h"

namespace ledger::json {
namespace {

// What stands in a pair of braces: "+change", "keys.units:unit/units", "again?words".
struct Placeholder {
    bool has_sign = false;
    std::string_view field;
    std::string_view inner;  // of each element of the field's list; empty: the field itself
    char how = ' ';          // ':' a noun, '?' and '!' words, ' ' the value
    std::string_view value;  // after '=': the value that it must have
    std::string_view rest;   // what follows `how`
};

std::string_view cut(std::string_view& text, std::string_view ends) {
    const std::size_t end = std::min(text.find_first_of(ends), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end);
    return part;
}

Placeholder parse_placeholder(std::string_view text) {
    Placeholder parsed;
    parsed.has_sign = text.starts_with('+');
    if (parsed.has_sign) text.remove_prefix(1);
    parsed.field = cut(text, ".=:?!");
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        parsed.inner = cut(text, ":");
    }
    if (text.starts_with('=')) {
        text.remove_prefix(1);
        parsed.value = cut(text, "?");
    }
    if (text.empty()) return parsed;
    parsed.how = text.front();
    parsed.rest = text.substr(1);
    return parsed;
}

// Where the brace that stands first is closed.
std::size_t closing_brace(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{') ++depth;
        if (text[i] == '}' && --depth == 0) return i;
    }
    LEDGER_CHECK(false && "a brace of an event's words is not closed");
}

std::string with_blanks(std::string_view name) {
    std::string words(name);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

const Field& field_named(const Table& type, std::string_view name) {
    const Field* field = type.field(name);
    LEDGER_CHECK(field && "an event's words name a field that it doesn't have");
    return *field;
}

// A field in a table.
struct Spot {
    const Table& type;
    const Field& field;
    const std::uint8_t* at;  // the table
    const std::uint8_t* place() const { return place_of(type, field, at); }
};

std::int64_t number_at(const Spot& spot) {
    const std::uint8_t* place = spot.place();
    return place ? read_scalar(spot.field, place) : spot.field.otherwise;
}

std::uint32_t elements_at(const Spot& spot) {
    const std::uint8_t* place = spot.place();
    return place ? read_list(spot.field, follow(place)).count : 0;
}

bool is_set(const Spot& spot) {
    if (spot.field.list) return elements_at(spot) != 0;
    if (spot.field.width != 0) return number_at(spot) != 0;
    const std::uint8_t* place = spot.place();
    return place && (spot.field.kind != Kind::text || !read_bytes(follow(place)).empty());
}

// Of a list.
std::string texts_at(const Spot& spot) {
    LEDGER_CHECK(spot.field.kind == Kind::text);
    std::string texts;
    const std::uint8_t* place = spot.place();
    const List list = place ? read_list(spot.field, follow(place)) : List{};
    for (std::uint32_t i = 0; i < list.count; ++i) {
        if (i > 0) texts += ", ";
        texts += text_of(read_bytes(follow(list.first + std::size_t{i} * list.stride)));
    }
    return texts;
}

std::string money_at(const Table& type, const std::uint8_t* at, const ValueWords& values) {
    const Spot currency{type, field_named(type, "currency"), at};
    const std::uint8_t* place = currency.place();
    return values.money(number_at({type, field_named(type, "amount"), at}),
                        place ? std::string(text_of(read_bytes(follow(place)))) : std::string());
}

std::string value_at(const Spot& spot, const ValueWords& values) {
    const std::uint8_t* place = spot.place();
    switch (spot.field.kind) {
        case Kind::boolean:
            return number_at(spot) != 0 ? "yes" : "no";
        case Kind::integer:
            return std::to_string(number_at(spot));
        case Kind::date:
            return to_string(Date{static_cast<std::int32_t>(number_at(spot))});
        case Kind::time:
        case Kind::until:
            return to_string(Time{number_at(spot)});
        case Kind::choice: {
            const Choice* choice = spot.field.choice(number_at(spot));
            if (!choice) return std::to_string(number_at(spot));
            return values.choice ? values.choice(spot.field, *choice) : with_blanks(choice->name);
        }
        case Kind::text:
            return place ? std::string(text_of(read_bytes(follow(place)))) : std::string();
        case Kind::table:
            if (!place) return {};
            LEDGER_CHECK(spot.field.table->name == "Money");
            return money_at(*spot.field.table, follow(place), values);
        case Kind::flags:
        case Kind::sealed:
        case Kind::bytes:
        case Kind::nested:
        case Kind::hash:
        case Kind::structure:
        case Kind::variant:
            break;
    }
    LEDGER_CHECK(false && "an event's words name a field that can't be told so");
}

std::string counted(std::int64_t count, std::string_view nouns) {
    const std::size_t slash = nouns.find('/');
    if (slash == std::string_view::npos) return std::to_string(count) + std::string(nouns);
    return std::to_string(count) + ' ' +
           std::string(count == 1 ? nouns.substr(0, slash) : nouns.substr(slash + 1));
}

class Teller {
public:
    Teller(const Table& type, const std::uint8_t* at, const ValueWords& values)
        : type_(type), at_(at), values_(values) {}

    void tell(std::string& out, std::string_view words) const {
        while (!words.empty()) {
            out += cut(words, "{");
            if (words.empty()) return;
            const std::size_t end = closing_brace(words);
            told(out, parse_placeholder(words.substr(1, end - 1)));
            words.remove_prefix(end + 1);
        }
    }

private:
    void told(std::string& out, const Placeholder& what) const {
        const Spot spot{type_, field_named(type_, what.field), at_};
        if (what.how == '?' || what.how == '!') {
            if (holds(spot, what) == (what.how == '?')) tell(out, what.rest);
        } else if (!what.inner.empty()) {
            out += of_each(spot, what);
        } else if (what.how == ':') {
            out += counted(spot.field.list ? elements_at(spot) : number_at(spot), what.rest);
        } else if (spot.field.list) {
            out += texts_at(spot);
        } else {
            if (what.has_sign && number_at(spot) > 0) out += '+';
            out += value_at(spot, values_);
        }
    }

    static bool holds(const Spot& spot, const Placeholder& what) {
        if (what.value.empty()) return is_set(spot);
        const Choice* choice = spot.field.choice(what.value);
        LEDGER_CHECK(choice && "an event's words name a value that its field can't have");
        return number_at(spot) == choice->value;
    }

    std::string of_each(const Spot& spot, const Placeholder& what) const {
        std::string texts;
        std::int64_t sum = 0;
        const Table& type = *spot.field.table;
        const std::uint8_t* place = spot.place();
        const List list = place ? read_list(spot.field, follow(place)) : List{};
        for (std::uint32_t i = 0; i < list.count; ++i) {
            const Spot inner{type, field_named(type, what.inner),
                             follow(list.first + std::size_t{i} * list.stride)};
            if (what.how == ':')
                sum += number_at(inner);
            else
                texts += (texts.empty() ? "" : ", ") + value_at(inner, values_);
        }
        return what.how == ':' ? counted(sum, what.rest) : texts;
    }

    const Table& type_;
    const std::uint8_t* at_;
    const ValueWords& values_;
};

}  // namespace

std::string in_words(const Table& type, const std::uint8_t* table, std::string_view words,
                     const ValueWords& values) {
    std::string out;
    Teller(type, table, values).tell(out, words);
    return out;
}

}  // namespace ledger::json
