#include "tools/benefits/cli/command_line.h"

#include <CLI/CLI.hpp>

#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

// What was said about the ledger, before or after the subcommand or in the environment.
struct Globals {
    std::string directory;
    std::string brokers;
    std::string topics;
    std::string language;
};

constexpr const char* kAbout =
    "Benefits Ledger: what a partner company does with its programme membership, as an immutable, "
    "verifiable ledger.";

constexpr const char* kExamples =
    "A first ledger, with a clock that you move yourself:\n"
    "  export BENEFITS_LEDGER=/tmp/ledger\n"
    "  benefits create --sandbox --clock 2020-08-31\n"
    "  benefits submit -f docs/examples/action-pack.jsonl\n"
    "  benefits show contoso\n"
    "  benefits history contoso\n"
    "  benefits verify\n"
    "\n"
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 something was refused, 4 unknown outcome, 5 "
    "not found.\n"
    "`benefits SUBCOMMAND --help` tells more.";

constexpr const char* kLedgerOptions =
    "Which ledger (before or after the subcommand): --ledger DIR or BENEFITS_LEDGER, --kafka "
    "BROKERS or\n"
    "BENEFITS_KAFKA, --topics PREFIX. Refusals in Korean: --lang ko, or LANG=ko_KR.UTF-8.";

void add_globals(CLI::App& app, Globals& globals) {
    app.add_option(
           "--ledger", globals.directory,
           "The ledger's folder; of a Kafka ledger this node's part of it (master key, views)")
        ->type_name("DIR")
        ->envname("BENEFITS_LEDGER");
    app.add_option("--kafka", globals.brokers,
                   "Brokers of a Kafka ledger; without them the ledger is an embedded one")
        ->type_name("HOST:PORT,...")
        ->envname("BENEFITS_KAFKA");
    app.add_option("--topics", globals.topics,
                   "Beginning of the Kafka topics' names (default: benefits)")
        ->type_name("PREFIX");
    app.add_option("--lang", globals.language,
                   "Language of refusals and of what there is nothing to do for (default: that of "
                   "the environment)")
        ->type_name("en|ko")
        ->check(CLI::IsMember({"en", "ko"}));
}

void add_subcommands(Subcommand root, Action& chosen) {
    add_create(root, chosen);
    add_submit(root, chosen);
    add_show(root, chosen);
    add_history(root, chosen);
    add_why(root, chosen);
    add_can(root, chosen);
    add_diff(root, chosen);
    add_find(root, chosen);
    add_receipt(root, chosen);
    add_refusals(root, chosen);
    add_log(root, chosen);
    add_stat(root, chosen);
    add_verify(root, chosen);
    add_rebuild(root, chosen);
    add_backup(root, chosen);
    add_restore(root, chosen);
    add_clock(root, chosen);
    add_policy(root, chosen);
    add_bench(root, chosen);
    add_generate(root, chosen);
    add_commands(root, chosen);
    add_rules(root, chosen);
    add_areas(root, chosen);
    add_completion(root, chosen);
    add_man(root, chosen);
}

std::string help_of(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return command.help(parent ? path_of(*parent) : "");
}

// Not of a command that has a sealed text: what was typed may be that text in a wrong place.
bool may_show(const CLI::App& level) {
    for (const CommandKind& command : command_kinds())
        if (path_of(level) == "benefits " + full_name(command))
            return !table_of(command).holds_sealed;
    return true;
}

// The parser's own sentences name the option; these repeat what was typed for it, too.
bool repeats_value(const CLI::ParseError& wrong) {
    return dynamic_cast<const CLI::ConversionError*>(&wrong) != nullptr;
}

ExitCode wrong_usage(const CLI::App& app, const CLI::ParseError& wrong) {
    const CLI::App& level = typed(app);
    const bool shows = may_show(level);
    if (const auto sentence = unexpected(app, shows)) {
        say(*sentence);
    } else if (level.get_require_subcommand_min() > 0) {
        say_lines(help_of(level));
    } else {
        const std::string path = path_of(level);
        const std::string what = shows || !repeats_value(wrong)
                                     ? wrong.what()
                                     : "an option has a value that it can't take";
        say(path + ": " + what + "; see '" + path + " --help'");
    }
    return ExitCode::usage;
}

ExitCode run(const Action& action, const Globals& globals) {
    if (action.needs_ledger && globals.directory.empty()) {
        say("benefits: no ledger was named: give --ledger DIR or set BENEFITS_LEDGER; 'benefits "
            "create --ledger DIR' "
            "makes one");
        return ExitCode::usage;
    }
    set_language(globals.language);
    LedgerPlace place;
    place.directory = globals.directory;
    place.brokers = globals.brokers;
    if (!globals.topics.empty()) place.topic_prefix = globals.topics;
    return action.run(place);
}

}  // namespace

void add_partner(Subcommand command, std::string& partner, bool required) {
    command.add_option("partner", partner, "The partner's id")
        .type_name("PARTNER")
        .required(required);
}

void add_examples(Subcommand command, const std::string& examples) {
    command.footer("Examples:\n" + examples + "\n" + kLedgerOptions);
}

ExitCode run_command_line(int argc, const char* const* argv) {
    Globals globals;
    Action chosen;
    CLI::App app(kAbout, "benefits");
    app.fallthrough();
    app.require_subcommand(1);
    app.set_version_flag("--version", "benefits " BENEFITS_VERSION);
    app.footer(kExamples);
    add_globals(app, globals);
    add_subcommands(Subcommand(app), chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForVersion& version) {
        print(std::string(version.what()) + "\n");
        return ExitCode::done;
    } catch (const CLI::CallForHelp&) {
        print(help_of(typed(app)));
        return ExitCode::done;
    } catch (const CLI::ParseError& wrong) {
        return wrong_usage(app, wrong);
    }
    return run(chosen, globals);
}

}  // namespace ledger::tools
