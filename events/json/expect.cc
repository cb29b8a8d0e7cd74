#include "events/json/expect.h"

#include <algorithm>
#include <numeric>

#include "events/check.h"
#include "events/json/quote.h"

namespace ledger::json {
namespace {

std::string span_of(const Bounds& bounds) {
    if (bounds.least == bounds.most) return std::to_string(bounds.least);
    return std::to_string(bounds.least) + " to " + std::to_string(bounds.most);
}

std::string text_expectation(const Field& field) {
    std::string words = field.email ? "an e-mail address" : field.identifier ? "a name" : "a text";
    if (field.length && !field.list) words += " of " + span_of(*field.length) + " bytes";
    if (field.email) words += ", like \"kim@contoso.example\"";
    return words;
}

std::string choices_of(const Field& field) {
    std::vector<std::string_view> names;
    for (const Choice& choice : field.choices) names.push_back(choice.name);
    return one_of(names);
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

// Levenshtein's, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string expectation(const Field& field, bool element) {
    if (field.list && !element) {
        std::string words = "a list";
        if (field.length) words += " of " + span_of(*field.length) + " elements";
        return words;
    }
    switch (field.kind) {
        case Kind::boolean:
            return "true or false";
        case Kind::integer: {
            const Numbers numbers = numbers_of(field);
            return "a number from " + std::to_string(numbers.least) + " to " +
                   std::to_string(numbers.most);
        }
        case Kind::date:
            return "a date like \"2021-02-01\"";
        case Kind::time:
            return "a time like \"2021-02-01T10:00:00Z\"";
        case Kind::until:
            return "a date like \"2021-02-01\" or a time like \"2021-02-01T10:00:00Z\"";
        case Kind::choice:
        case Kind::variant:
            return choices_of(field);
        case Kind::flags:
            return "a list of names, each " + choices_of(field);
        case Kind::text:
        case Kind::sealed:
            return text_expectation(field);
        case Kind::bytes:
            return "an even number of hex digits";
        case Kind::hash:
            return std::to_string(field.table->width * 2) + " hex digits";
        case Kind::nested:
        case Kind::table:
        case Kind::structure:
            return "an object";
    }
    LEDGER_CHECK(false);
}

Numbers numbers_of(const Field& field) {
    if (field.range) return {field.range->least, static_cast<std::uint64_t>(field.range->most)};
    const unsigned bits = field.width * 8U;
    if (!field.is_signed) return {0, ~std::uint64_t{0} >> (64 - bits)};
    const std::uint64_t most = ~std::uint64_t{0} >> (65 - bits);
    return {-static_cast<std::int64_t>(most) - 1, most};
}

std::string one_of(const std::vector<std::string_view>& names) {
    std::string words = names.size() == 1 ? "" : "one of ";
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) words += ", ";
        append_quoted(words, names[i]);
    }
    return words;
}

std::string_view nearest(std::string_view wrong, const std::vector<std::string_view>& names) {
    constexpr std::size_t kNameMaxBytes = 64;  // a longer one is near to none of ours
    if (wrong.size() > kNameMaxBytes) return {};
    std::string_view best;
    std::size_t best_distance = 1 + std::max<std::size_t>(2, wrong.size() / 3);
    for (const std::string_view name : names) {
        const std::size_t found = distance(wrong, name);
        if (found >= best_distance || found >= name.size()) continue;
        best = name;
        best_distance = found;
    }
    return best;
}

std::string hint(std::string_view wrong, const std::vector<std::string_view>& names) {
    const std::string_view meant = nearest(wrong, names);
    if (!meant.empty()) return ", did you mean " + quote(meant) + "?";
    if (names.empty()) return "";
    return ", expected " + one_of(names);
}

}  // namespace ledger::json
