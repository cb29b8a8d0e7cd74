// `benefits AREA COMMAND`: a subcommand for every command of the schema.
#include <memory>

#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/submitting/ask.h"
#include "tools/benefits/submitting/who_and_why.h"

namespace ledger::tools {
namespace {

// Joins the lines of a doc comment.
std::string about(const CommandKind& name) {
    std::string words = table_of(name).documentation;
    for (char& c : words)
        if (c == '\n') c = ' ';
    return words;
}

void add_command(Subcommand area, const CommandKind& name, Action& chosen) {
    const Subcommand command = area.add_subcommand(std::string(name.verb), about(name));
    const auto typed = std::make_shared<TypedCommand>(name);
    add_who_and_why(command, *typed, [&] { add_options(command, typed->body, typed->shows()); });
    add_examples(command, "  " + std::string(name.example) + "\n");
    command.callback([typed, &chosen] {
        chosen.run = [typed](const LedgerPlace& place) { return ask(place, *typed); };
    });
}

}  // namespace

void add_areas(Subcommand parent, Action& chosen) {
    for (const Area& each : areas()) {
        const Subcommand area =
            parent.add_subcommand(std::string(each.name), std::string(each.about));
        area.group(kAreaGroup);
        area.require_subcommand();
        std::string examples;
        for (const CommandKind& name : command_kinds()) {
            if (name.area != each.name) continue;
            add_command(area, name, chosen);
            examples += "  " + std::string(name.example) + "\n";
        }
        add_examples(area, examples);
    }
}

}  // namespace ledger::tools
