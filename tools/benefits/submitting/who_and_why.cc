#include "tools/benefits/submitting/who_and_why.h"

#include "tools/benefits/cli/format.h"

namespace ledger::tools {
namespace {

constexpr const char* kCommon = "Who, why and when";

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

}  // namespace

void add_who_and_why(Subcommand command, TypedCommand& typed,
                     const std::function<void()>& between) {
    add_header(command, typed);
    if (between) between();
    add_actor(command, typed);
    command.add_flag("--dry-run", typed.dry_run,
                     "Says what it would come to on the ledger as it stands, and sends nothing");
    add_format(command, typed.format, typed.shows());
}

}  // namespace ledger::tools
