// `benefits AREA COMMAND`: a subcommand for every command of the schema.
#include <memory>

#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/submitting/ask.h"
#include "tools/benefits/submitting/typed_command.h"

namespace ledger::tools {
namespace {

constexpr const char* kCommon = "Who, why and when";

// Joins the lines of a doc comment.
std::string about(const CommandKind& name) {
    std::string words = table_of(name).documentation;
    for (char& c : words)
        if (c == '\n') c = ' ';
    return words;
}

void add_actor(Subcommand command, TypedCommand& typed) {
    command.add_option("--as", typed.user, "Who acts: a user of the partner")
        .type_name("USER")
        .group(kCommon);
    command.add_option("--as-support", typed.support, "Who acts: support staff")
        .type_name("ID")
        .group(kCommon);
    command.add_option("--as-system", typed.system, "Who acts: another system, such as the mailer")
        .type_name("ID")
        .group(kCommon);
}

void add_header(Subcommand command, TypedCommand& typed) {
    add_options(command, typed.header, typed.shows());
    for (const TypedOption& each : typed.header) {
        const std::string name = each.option.name();
        if (name != "--partner") each.typed->group(kCommon);
        if (name == "--id") each.typed->description(each.option.help() + "; default: random");
    }
}

void add_command(Subcommand area, const CommandKind& name, Action& chosen) {
    const Subcommand command = area.add_subcommand(std::string(name.verb), about(name));
    const auto typed = std::make_shared<TypedCommand>(name);
    add_header(command, *typed);
    add_options(command, typed->body, typed->shows());
    add_actor(command, *typed);
    command.add_flag("--dry-run", typed->dry_run,
                     "Says what it would come to on the ledger as it stands, and sends nothing");
    add_format(command, typed->format, typed->shows());
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
