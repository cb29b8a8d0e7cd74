// Fields that name nothing of the partner's: what they may hold follows from their form, and for
// texts that people write from what people write.
#include <algorithm>

#include "aggregates/possible/choices.h"

namespace ledger::possible {
namespace {

using json::Field;
using json::Kind;

// By the name of the field; the first is the one that is always good.
struct Written {
    std::string_view field;
    std::vector<std::string_view> texts;
    std::vector<std::string_view> wrong;
    bool missed = false;  // leaving it out, where that may be, is not what is tried first
};

const std::vector<Written>& written() {
    static const std::vector<Written> all = {
        {"legal_name",
         {"Adatum", "Fabrikam", "Litware 7", "Northwind", "Wingtip", "우리소프트"},
         {},
         true},
        {"address", {"1 Example Street", "12 Sample Road", "400 Example Way"}, {}, true},
        {"name", {"Ana Almeida", "Chen Bauer", "Emeka Diaz", "Hana Ito", "민수 김", "Zoë Żak"}, {}},
        {"currency", {"USD", "EUR", "KRW"}, {"usd"}},
        {"language", {"en-us", "ko-kr", "de-de", "pt-br"}, {}},
        {"system", {"windows-10", "windows-server-2019"}, {}},
        {"note", {"as before"}, {}},
        {"what", {"business-registration", "proof-of-address", "tax-certificate"}, {}},
    };
    return all;
}

}  // namespace

Choice number_choice(const Field& field, std::int64_t number, std::string words) {
    json::Value value;
    value.field = &field;
    value.number = number;
    return {std::move(value), std::move(words), {}};
}

Offered Choices::by_form(const Field& field, const Named& named) {
    switch (field.kind) {
        case Kind::boolean:
            return boolean(field);
        case Kind::integer:
            return number(field);
        case Kind::date:
        case Kind::time:
        case Kind::until:
            return moment(field);
        case Kind::choice:
            return one_of(field);
        case Kind::flags:
            return flags(field);
        case Kind::text:
        case Kind::sealed:
            return text(field, named);
        case Kind::bytes:
        case Kind::nested:
        case Kind::table:
        case Kind::hash:
        case Kind::structure:
        case Kind::variant:
            return {};
    }
    return {};
}

Offered Choices::boolean(const Field& field) const {
    Offered offered;
    offered.sensible.push_back(field.ticked ? number_choice(field, 1) : Choice{});
    (field.ticked ? offered.wrong : offered.others)
        .push_back(number_choice(field, field.ticked ? 0 : 1));
    return offered;
}

// A difference is tried both ways.
Offered Choices::number(const Field& field) const {
    Offered offered;
    const json::Bounds range = field.range.value_or(json::Bounds{0, 1'000'000});
    if (field.optional) offered.sensible.push_back({});
    if (range.least < 0) {
        offered.sensible.push_back(number_choice(field, 1, "+1"));
        offered.sensible.push_back(number_choice(field, -1, "-1"));
        offered.others = {number_choice(field, 2), number_choice(field, -2)};
        offered.wrong.push_back(number_choice(field, range.least));
    } else {
        const std::int64_t least = std::max<std::int64_t>(range.least, 1);
        (field.optional ? offered.others : offered.sensible).push_back(number_choice(field, least));
        offered.others.push_back(number_choice(field, std::min(least + 1, range.most)));
        offered.others.push_back(number_choice(field, std::min(least + 2, range.most)));
    }
    offered.wrong.push_back(number_choice(field, range.most));
    return offered;
}

// Tomorrow, soon, and too early.
Offered Choices::moment(const Field& field) const {
    static constexpr std::int32_t kSoonDays[] = {0, 2, 5, 12};
    const auto in_days = [&](std::int32_t days) {
        const Date day = plus_days(standing_.today(), days);
        return number_choice(field,
                             field.kind == Kind::date ? day.days : start_of(day).milliseconds);
    };
    Offered offered;
    offered.sensible.push_back(field.optional ? Choice{} : in_days(1));
    for (const std::int32_t days : kSoonDays) offered.others.push_back(in_days(days));
    offered.wrong.push_back(in_days(-1));
    return offered;
}

Offered Choices::one_of(const Field& field) const {
    Offered offered;
    for (const json::Choice& choice : field.choices)
        (choice.name == "none" ? offered.wrong : offered.sensible)
            .push_back(number_choice(field, choice.value, choice.name));
    return offered;
}

// The first and the last of those that the schema lists are the most and the least.
Offered Choices::flags(const Field& field) const {
    Offered offered;
    for (const json::Choice& choice : field.choices) {
        const bool at_an_end =
            &choice == &field.choices.front() || &choice == &field.choices.back();
        (at_an_end ? offered.sensible : offered.others)
            .push_back(number_choice(field, choice.value, choice.name));
    }
    std::int64_t all = 0;
    for (const json::Choice& choice : field.choices) all |= choice.value;
    offered.others.push_back(number_choice(field, all));
    offered.wrong.push_back({});
    return offered;
}

Offered Choices::text(const Field& field, const Named& named) {
    Offered offered;
    const auto known = std::find_if(written().begin(), written().end(),
                                    [&](const Written& each) { return each.field == field.name; });
    const bool given = field.required || (known != written().end() && known->missed);
    std::vector<Choice>& first = given ? offered.sensible : offered.others;
    if (!field.required) (given ? offered.others : offered.sensible).push_back({});
    if (known != written().end()) {
        first.push_back(text_choice(field, std::string(known->texts.front())));
        for (std::size_t i = 1; i < known->texts.size(); ++i)
            offered.others.push_back(text_choice(field, std::string(known->texts[i])));
        for (const std::string_view text : known->wrong)
            offered.wrong.push_back(text_choice(field, std::string(text)));
    } else if (field.email) {
        first.push_back(text_choice(
            field, std::string(named.id) + "@" + standing_.partner.partner + ".example"));
    } else {
        first.push_back(text_choice(field, "new-" + field.name));
        for (const char* number : {"-1", "-2", "-3"})
            offered.others.push_back(text_choice(field, field.name + number));
    }
    // As long as it may be; an address isn't so by being long.
    if (field.length && known == written().end() && !field.email)
        offered.wrong.push_back(
            text_choice(field, std::string(static_cast<std::size_t>(field.length->most), 'x')));
    return offered;
}

}  // namespace ledger::possible
