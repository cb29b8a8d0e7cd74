// `benefits commands`: every command with what it does, its options and an example.
#include <algorithm>
#include <memory>

#include "aggregates/gate.h"
#include "reference_generated.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/submitting/command_options.h"

namespace ledger::tools {
namespace {

struct CommandsOptions {
    std::vector<std::string> words;  // "order buy", "order" or "PurchaseOffer"
    ListFormat format;
};

using Found = std::vector<const CommandKind*>;

Found commands_of(const std::string& wanted) {
    Found found;
    for (const CommandKind& each : command_kinds())
        if (wanted.empty() || wanted == each.area || wanted == full_name(each) ||
            wanted == each.type_name)
            found.push_back(&each);
    return found;
}

std::vector<std::string> all_command_names() {
    std::vector<std::string> names;
    for (const CommandKind& each : command_kinds()) {
        names.push_back(full_name(each));
        names.emplace_back(each.type_name);
    }
    for (const Area& area : areas()) names.emplace_back(area.name);
    return names;
}

std::string list(const Found& found, const Screen& on) {
    Table table;
    table.column("command").column("what it does").column("as JSON");
    for (const CommandKind* each : found)
        table.row({full_name(*each), table_of(*each).documentation, std::string(each->type_name)});
    return table.text(on) + "\n" +
           paragraph(
               "'benefits commands NAME' shows one with an example; all of them work, one after "
               "the other, in docs/examples/commands, on a ledger that was given its "
               "setup.jsonl. What stands in brackets are rules: 'benefits rules ID'.",
               on);
}

std::string one(const CommandKind& name, const Screen& on) {
    Table table(2);
    table.column("option").column("takes").column("what it is");
    for (const CommandOption& option : options_of(table_of(name)))
        table.row({option.name() + (option.required ? " (required)" : ""), option.takes(),
                   option.help()});
    std::string out =
        title("benefits " + full_name(name), on) + paragraph(table_of(name).documentation, on, 2);
    if (!table.empty()) out += "\n" + table.text(on);
    // The example is not wrapped: it is to be copied.
    return out + "\n" + title("Example", on) + "  " + std::string(name.example) + "\n" +
           paragraph("'benefits " + full_name(name) +
                         " --help' lists the options that every command has.",
                     on);
}

fb::CommandLineT command_line(const CommandKind& name) {
    fb::CommandLineT line;
    line.name = full_name(name);
    line.type = name.type_name;
    line.of_partner = !is_ledger_command(name.type);
    line.about = table_of(name).documentation;
    line.example = name.example;
    for (const CommandOption& option : options_of(table_of(name))) {
        fb::OptionOfCommandT& each = line.options.emplace_back();
        each.name = option.name();
        each.takes = option.takes();
        each.required = option.required;
        each.help = option.help();
    }
    return line;
}

ExitCode commands(const CommandsOptions& options) {
    const std::string wanted = joined_texts(options.words, " ");
    const Found found = commands_of(wanted);
    if (found.empty()) {
        const std::string meant = meant_instead(wanted, all_command_names());
        say("benefits: there is no command '" + wanted + "'" +
            (meant.empty() ? "; 'benefits commands' lists all" : meant));
        return ExitCode::not_found;
    }
    fb::CommandListT answer;
    for (const CommandKind* each : found) answer.commands.push_back(command_line(*each));
    print_list(options.format, answer, answer.commands, [&] {
        const Screen on = screen();
        return found.size() == 1 && !wanted.empty() ? one(*found.front(), on) : list(found, on);
    });
    return ExitCode::done;
}

}  // namespace

void add_commands(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("commands", "Lists every command, with examples that work");
    auto options = std::make_shared<CommandsOptions>();
    command.add_option("name", options->words, "An area, a command or its type")
        .type_name("NAME")
        .expected(0, 2);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits commands\n"
                 "  benefits commands order buy\n"
                 "  benefits commands PurchaseOffer -o json | jq '.commands[0].options'\n");
    command.callback([options, &chosen] {
        chosen.needs_ledger = false;
        chosen.run = [options](const LedgerPlace&) { return commands(*options); };
    });
}

}  // namespace ledger::tools
