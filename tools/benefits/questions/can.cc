// `benefits can`
#include <memory>

#include "aggregates/possible/every.h"
#include "events/json/expect.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/questions/attempts.h"
#include "tools/benefits/screens/answer_text.h"
#include "tools/benefits/screens/event_text.h"

namespace ledger::tools {
namespace {

// More names than this in one cell help nobody.
constexpr std::size_t kNamesMax = 4;

constexpr std::string_view kCanColumns[] = {
    "command", "outcome", "by", "body", "alike", "code", "rule", "reason", "values", "earliest",
};

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
    std::string words;
    for (std::size_t i = 0; i < by.size() && i < kNamesMax; ++i)
        words += (words.empty() ? "" : ", ") + by[i];
    if (by.size() > kNamesMax) words += " and " + std::to_string(by.size() - kNamesMax) + " more";
    return words;
}

// Why there was nothing to try.
std::string missing(const std::string& field) {
    if (field == "order") return "the partner has no order";
    if (field == "sku") return "no order grants a benefit of that kind";
    if (field == "seat") return "nobody has a seat";
    if (field == "person" || field == "user") return "there is no other user";
    if (field == "key" || field == "token") return "none was delivered";
    if (field == "request") return "the partner has no request";
    return field;
}

std::string answer(const Tried& tried) {
    if (tried.outcome == Outcome::nothing) return "nothing to do";
    return tried.outcome == Outcome::accepted ? "accepted" : "refused";
}

std::string why(const Tried& tried) {
    if (!tried.said) return {};
    const std::string reason = sentence_of(*tried.said, language());
    return tried.rule.empty() ? reason : reason + " [" + tried.code + ", " + tried.rule + "]";
}

std::string arguments(const Tried& tried) {
    if (tried.alike == 1) return tried.body.words;
    return tried.body.words + (tried.body.words.empty() ? "" : "; ") + "and " +
           std::to_string(tried.alike - 1) + " more like it";
}

std::string tables(const std::vector<CommandTried>& commands, const std::string& heading) {
    const Screen on = screen();
    Table table;
    table.column("command").column("answer").column("who").column("tried with").column("why");
    table.column("from");
    bool more = false;
    for (const CommandTried& command : commands) {
        more = more || command.more;
        if (command.tried.empty())
            table.row(
                {typed_name(command.command), "not tried", "", "", missing(command.missing), ""});
        for (std::size_t i = 0; i < command.tried.size(); ++i) {
            const Tried& tried = command.tried[i];
            table.row({i == 0 ? typed_name(command.command) : "", answer(tried), names(tried.by),
                       arguments(tried), why(tried),
                       tried.earliest ? to_string(*tried.earliest) : ""});
        }
    }
    std::string out = title(heading, on) + table.text(on);
    if (more)
        out += paragraph("Only the first " + std::to_string(possible::kEveryMax) +
                             " combinations of a command were tried.",
                         on);
    return out;
}

std::string json_of(const Tried& tried) {
    JsonObject object;
    object.text("outcome", name_of(tried.outcome)).json("body", tried.body.json);
    object.number("alike", tried.alike);
    JsonList by;
    for (const std::string& id : tried.by) by.add_text(id);
    object.json("by", by.line());
    if (!tried.code.empty()) object.text("code", tried.code);
    if (!tried.rule.empty()) object.text("rule", tried.rule);
    if (tried.said) {
        object.text("reason", sentence_of(*tried.said, language()));
        if (!tried.said->values.empty()) object.json("values", values_json(*tried.said));
    }
    if (tried.earliest) object.text("earliest", to_string(*tried.earliest));
    return object.line();
}

// What was tried, each with its command; one that could not be tried says why.
std::vector<std::string> rows_of(const std::vector<CommandTried>& commands) {
    std::vector<std::string> rows;
    for (const CommandTried& command : commands) {
        std::string row = JsonObject().text("command", command.command).line();
        if (command.tried.empty())
            rows.push_back(JsonObject()
                               .text("command", command.command)
                               .text("outcome", "untried")
                               .text("reason", missing(command.missing))
                               .line());
        row.back() = ',';
        for (const Tried& each : command.tried) rows.push_back(row + json_of(each).substr(1));
    }
    return rows;
}

std::string document(const std::vector<CommandTried>& commands, const Snapshot& now,
                     const CanOptions& options) {
    JsonList list;
    for (const CommandTried& command : commands) {
        JsonList tried;
        for (const Tried& each : command.tried) tried.add(json_of(each));
        JsonObject object;
        object.text("command", command.command).json("tried", tried.line());
        object.flag("more", command.more);
        if (command.tried.empty()) object.text("untried", missing(command.missing));
        list.add(object.line());
    }
    JsonObject object;
    object.text("partner", options.partner).number("version", now.state.version);
    object.text("today", to_string(now.day));
    object.number("policy_version", policy_on(now.ledger, now.day).version);
    object.number("catalogue_version", catalogue_on(now.ledger, now.day).version);
    if (!options.as.empty()) object.text("as", options.as);
    return indented(object.json("commands", list.line()).line());
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
    if (is_rows(options.format)) {
        print_rows(options.format, rows_of(all), kCanColumns);
        return ExitCode::done;
    }
    print(options.format == Format::json
              ? document(all, now, options)
              : tables(all, "What " + (options.as.empty() ? "anybody" : options.as) +
                                " could do for " + options.partner + " on " + to_string(now.day) +
                                ", version " + std::to_string(now.state.version)));
    return ExitCode::done;
}

}  // namespace

void add_can(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "can", "Tells what would be accepted now, and what not, why and until when; does nothing");
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
    add_list_format(command, options->format);
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
