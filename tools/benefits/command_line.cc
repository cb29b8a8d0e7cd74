#include "tools/benefits/command_line.h"

#include <vector>

#include "tools/benefits/nearest_name.h"
#include "tools/benefits/output.h"

namespace ledger::tools {
namespace {

// What was said about the ledger, before or after the subcommand or in the environment.
struct Globals {
    std::string directory;
    std::string brokers;
    std::string topics;
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
    "BENEFITS_KAFKA, --topics PREFIX.";

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
}

std::string help_of(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return command.help(parent ? path_of(*parent) : "");
}

ExitCode wrong_usage(const CLI::App& app, const CLI::ParseError& wrong) {
    const CLI::App& level = typed(app);
    if (const auto sentence = unexpected(app)) {
        say(*sentence);
    } else if (level.get_require_subcommand_min() > 0) {
        say(help_of(level));
    } else {
        const std::string path = path_of(level);
        say(path + ": " + wrong.what() + "; see '" + path + " --help'");
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
    LedgerPlace place;
    place.directory = globals.directory;
    place.brokers = globals.brokers;
    if (!globals.topics.empty()) place.topic_prefix = globals.topics;
    return action.run(place);
}

}  // namespace

void add_format(CLI::App& command, Format& format) {
    const std::vector<std::pair<std::string, Format>> formats{{"table", Format::table},
                                                              {"json", Format::json}};
    command
        .add_option("-o,--output", format,
                    "table for people, json for programs: one document (default: table)")
        ->type_name("table|json")
        ->transform(CLI::CheckedTransformer(formats).description(""))
        ->transform(one_of_names({"table", "json"}));
}

void add_list_format(CLI::App& command, Format& format) {
    const std::vector<std::pair<std::string, Format>> formats{{"table", Format::table},
                                                              {"json", Format::json},
                                                              {"jsonl", Format::jsonl},
                                                              {"csv", Format::csv}};
    command
        .add_option("-o,--output", format,
                    "table for people; for programs json, one document, or jsonl or csv, a row a "
                    "line (default: table)")
        ->type_name("table|json|jsonl|csv")
        ->transform(CLI::CheckedTransformer(formats).description(""))
        ->transform(one_of_names({"table", "json", "jsonl", "csv"}));
}

void add_partner(CLI::App& command, std::string& partner, bool required) {
    auto* option = command.add_option("partner", partner, "The partner's id")->type_name("PARTNER");
    if (required) option->required();
}

void add_examples(CLI::App& command, const std::string& examples) {
    command.footer("Examples:\n" + examples + "\n" + kLedgerOptions);
}

ExitCode fail(const Error& error) {
    say("benefits: " + error.message);
    return error.effect == Effect::unknown ? ExitCode::unknown : ExitCode::failed;
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
    add_create(app, chosen);
    add_submit(app, chosen);
    add_show(app, chosen);
    add_history(app, chosen);
    add_why(app, chosen);
    add_can(app, chosen);
    add_diff(app, chosen);
    add_find(app, chosen);
    add_receipt(app, chosen);
    add_refusals(app, chosen);
    add_log(app, chosen);
    add_stat(app, chosen);
    add_verify(app, chosen);
    add_rebuild(app, chosen);
    add_backup(app, chosen);
    add_restore(app, chosen);
    add_clock(app, chosen);
    add_policy(app, chosen);
    add_bench(app, chosen);
    add_generate(app, chosen);
    add_commands(app, chosen);
    add_rules(app, chosen);
    add_areas(app, chosen);
    add_completion(app, chosen);
    add_man(app, chosen);
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
