// `benefits can`
#include <memory>

#include "aggregates/possible/every.h"
#include "aggregates/possible/stand_in.h"
#include "events/json/expect.h"
#include "screen_words_generated.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/attempt_values.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

// More names than this in one cell help nobody.
constexpr std::size_t kNamesMax = 4;

struct CanOptions {
    std::string partner;
    std::string command;  // empty: all
    std::string as;       // empty: whoever might
    ListFormat format;
};

// As it is typed: "seat move" of MoveSeat.
std::string typed_name(std::string_view type) {
    for (const CommandKind& name : command_kinds())
        if (name.type_name == type) return full_name(name);
    return std::string(type);
}

std::string names(const std::vector<std::string>& by) {
    if (by.size() <= kNamesMax) return joined_texts(by);
    return words::and_more(joined_texts({by.begin(), by.begin() + kNamesMax}),
                           std::to_string(by.size() - kNamesMax));
}

std::string answer(const Tried& tried) {
    if (tried.outcome == Outcome::nothing) return words::nothing_to_do();
    return tried.outcome == Outcome::accepted ? words::accepted() : words::refused();
}

std::string why(const Tried& tried) {
    if (!tried.said) return {};
    const std::string reason = sentence_of(*tried.said, language());
    return tried.rule.empty() ? reason : reason + " [" + tried.code + ", " + tried.rule + "]";
}

std::string arguments(const Tried& tried) {
    if (tried.alike == 1) return tried.body.words;
    const std::string others = std::to_string(tried.alike - 1);
    return tried.body.words.empty() ? words::alike_alone(others)
                                    : words::alike(tried.body.words, others);
}

std::string tables(const std::vector<CommandTried>& commands, const std::string& heading) {
    const Screen on = screen();
    Table table;
    table.column(words::column_command()).column(words::column_answer());
    table.column(words::column_who()).column(words::column_tried_with());
    table.column(words::column_why()).column(words::column_from_column());
    bool more = false;
    for (const CommandTried& command : commands) {
        more = more || command.more;
        if (command.tried.empty())
            table.row({typed_name(command.command), words::not_tried(), "", "",
                       why_untried(command, language()), ""});
        for (std::size_t i = 0; i < command.tried.size(); ++i) {
            const Tried& tried = command.tried[i];
            table.row({i == 0 ? typed_name(command.command) : "", answer(tried), names(tried.by),
                       arguments(tried), why(tried),
                       tried.earliest ? to_string(*tried.earliest) : ""});
        }
    }
    std::string out = title(heading, on) + table.text(on);
    if (more) out += paragraph(words::only_first(std::to_string(possible::kEveryMax)), on);
    return out;
}

// The command that was named, or all of them; nothing when there is none such, which was said.
std::vector<const json::Choice*> chosen_commands(const std::string& name) {
    const std::vector<const json::Choice*> all = partner_commands();
    if (name.empty()) return all;
    std::vector<std::string> known;
    for (const json::Choice* command : all) {
        known.push_back(typed_name(command->name));
        if (name == command->name || name == known.back()) return {command};
    }
    say("benefits can: a partner has no command " + json::quote(name) +
        json::hint(name, {known.begin(), known.end()}));
    return {};
}

std::string heading(const CanOptions& options, const Snapshot& now) {
    const std::string day = to_string(now.day);
    const std::string version = std::to_string(now.state.version);
    return options.as.empty() ? words::could_do_anybody(options.partner, day, version)
                              : words::could_do(options.as, options.partner, day, version);
}

ExitCode can(const LedgerPlace& place, const CanOptions& options) {
    const std::vector<const json::Choice*> commands = chosen_commands(options.command);
    if (commands.empty()) return ExitCode::usage;
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    const LookUp found = look_up(*query, {});
    if (const auto* none = std::get_if<NotThere>(&found)) return fail(*none);
    const auto& now = std::get<Snapshot>(found);
    const std::vector<Asker> askers =
        options.as.empty() ? askers_of(now.state) : std::vector{asker_named(now.state, options.as)};
    std::vector<CommandTried> all;
    for (const json::Choice* command : commands) {
        CommandTried tried = try_command(*command, now, askers);
        all.push_back(options.command.empty() ? in_short(std::move(tried)) : std::move(tried));
    }
    json::Style style;
    style.open = possible::stand_in_open();
    if (is_rows(options.format))
        print_rows(options.format, attempt_rows(all), style);
    else if (options.format == Format::json)
        print_document(attempts_of(all, now, options.as), style);
    else
        print(tables(all, heading(options, now)));
    return ExitCode::done;
}

}  // namespace

void add_can(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "can",
        "Tells what would be accepted now, and of the rest why not and until when; sends nothing");
    auto options = std::make_shared<CanOptions>();
    add_partner(command, options->partner);
    command
        .add_option(
            "command", options->command,
            "One command, like 'seat move' or MoveSeat, with every combination that was tried")
        .type_name("COMMAND");
    command
        .add_option("--as", options->as,
                    "Who asks: a user, or support, system or auditor (default: whoever might)")
        .type_name("USER");
    add_format(command, options->format);
    add_examples(command,
                 "  benefits can contoso\n"
                 "  benefits can contoso 'seat move'\n"
                 "  benefits can contoso 'key reveal' --as kim\n"
                 "\n"
                 "Commands are tried on the partner's own orders, benefits, seats, keys, tokens, "
                 "requests and\n"
                 "users; what the state doesn't say (a new person, an amount of money) is made "
                 "up.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return can(place, *options); };
    });
}

}  // namespace ledger::tools
