#include "tools/benefits/asking/page_options.h"

#include <algorithm>

#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/nearest_name.h"

namespace ledger::tools {
namespace {

// The newest are kept before they are printed.
constexpr std::uint64_t kLastMax = 100'000;

// Letters alone, in lower case: "seat assigned" and "SeatAssigned" are one.
std::string letters_of(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z') letters += c;
    }
    return letters;
}

// The member of that name; empty: there is none.
std::string type_named(const json::Field& types, std::string_view text) {
    for (const json::Choice& choice : types.choices)
        if (letters_of(choice.name) == letters_of(text)) return choice.name;
    return {};
}

std::string type_form(const json::Field& types, const std::string& text) {
    if (!type_named(types, text).empty()) return {};
    std::vector<std::string> names;
    for (const json::Choice& choice : types.choices) names.push_back(choice.name);
    return "there is no type '" + text + "'" + meant_instead(text, names);
}

}  // namespace

void add_page(Subcommand command, answers::Page& page, const json::Field& types,
              const std::string& what) {
    std::string example = "like";
    for (std::size_t i = types.choices.size(); i-- > 0 && example == "like";)
        example += " " + types.choices[i].name;
    const Option last =
        command.add_option("--last", page.last, "Only the newest N of the " + what + " that fit")
            .type_name("N")
            .within(std::uint64_t{1}, kLastMax);
    command
        .add_option("--limit", page.limit,
                    "At most N " + what + ", counted from the first that is printed")
        .type_name("N")
        .positive()
        .excludes(last);
    command
        .add_option(
            "--since", [&page](const std::string& text) { page.since = parse_date(text); },
            "Only those of this day and later ones")
        .type_name("DATE")
        .check(date_form);
    command
        .add_option(
            "--type",
            [&page, &types](const std::string& text) { page.type = type_named(types, text); },
            "Only those of this type, " + example)
        .type_name("TYPE")
        .check([&types](const std::string& text) { return type_form(types, text); });
    command.add_option("--actor", page.actor, "Only those of this user, or of support, system ...")
        .type_name("USER");
    command.add_flag("--newest-first", page.newest_first, "The newest at the top");
}

}  // namespace ledger::tools
