#include "tools/benefits/cli/command_line.h"

#include <CLI/CLI.hpp>

#include "tools/benefits/cli/chosen_settings.h"
#include "tools/benefits/cli/command_names.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/pager.h"

namespace ledger::tools {
namespace {

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
    "BENEFITS_KAFKA, --topics PREFIX or BENEFITS_TOPICS, --profile NAME or BENEFITS_PROFILE. "
    "In Korean:\n"
    "--lang ko, or LANG=ko_KR.UTF-8.";

void add_globals(CLI::App& app, Globals& globals) {
    app.add_option(
           "--ledger", globals.ledger,
           "The ledger's folder; of a Kafka ledger this node's part of it (master key, views)")
        ->type_name("DIR")
        ->envname("BENEFITS_LEDGER");
    app.add_option("--kafka", globals.kafka,
                   "Brokers of a Kafka ledger; without them the ledger is an embedded one")
        ->type_name("HOST:PORT,...")
        ->envname("BENEFITS_KAFKA");
    app.add_option("--topics", globals.topics,
                   "Beginning of the Kafka topics' names (default: benefits)")
        ->type_name("PREFIX")
        ->envname("BENEFITS_TOPICS");
    app.add_option("--profile", globals.profile,
                   "Settings that were kept under this name; see 'benefits config'")
        ->type_name("NAME")
        ->envname("BENEFITS_PROFILE");
    app.add_option(
           "--pager", globals.pager,
           "Pages what is longer than the terminal (auto), all, or nothing; or the pager to "
           "use (default: auto, with PAGER or less)")
        ->type_name("auto|always|never|COMMAND")
        ->envname("BENEFITS_PAGER");
    app.add_option(
           "--lang", globals.lang,
           "Language of partners' screens and of refusals (default: that of the environment)")
        ->type_name("en|ko")
        ->envname("BENEFITS_LANG")
        ->check(CLI::IsMember({"en", "ko"}));
}

void add_subcommands(Subcommand root, const Globals& globals, Action& chosen) {
    add_create(root, chosen);
    add_submit(root, chosen);
    add_show(root, chosen);
    add_history(root, chosen);
    add_why(root, chosen);
    add_can(root, chosen);
    add_diff(root, chosen);
    add_find(root, chosen);
    add_list(root, chosen);
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
    add_catalogue(root, chosen);
    add_bench(root, chosen);
    add_generate(root, chosen);
    add_commands(root, chosen);
    add_rules(root, chosen);
    add_areas(root, chosen);
    add_config(root, globals, chosen);
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

Result<ChosenSettings> settings_of(const Globals& globals) {
    const auto file = read_config();
    if (!file) return file.error();
    return choose_settings(globals, *file);
}

ExitCode run_with(const ChosenSettings& settings, const Action& action) {
    LedgerPlace place;
    place.directory = settings.value("ledger");
    place.brokers = settings.value("kafka");
    place.topic_prefix = settings.value("topics");
    if (action.needs_ledger && place.directory.empty()) {
        say("benefits: no ledger was named: give --ledger DIR, set BENEFITS_LEDGER, or keep one "
            "with 'benefits config set ledger DIR'; 'benefits create --ledger DIR' makes one");
        return ExitCode::usage;
    }
    if (action.needs_ledger && !settings.note.empty()) say("benefits: " + settings.note);
    set_language(settings.value("lang"));
    use_output(settings.value("output"));
    if (action.pages) begin_paging(pager_choice(settings.value("pager")));
    const ExitCode code = action.run(place);
    end_paging();
    return code;
}

ExitCode run(const Action& action, const Globals& globals) {
    if (!action.settings_count) {
        LedgerPlace place;
        place.directory = globals.ledger;
        place.brokers = globals.kafka;
        set_language(globals.lang);
        return action.run(place);
    }
    const auto settings = settings_of(globals);
    if (settings) return run_with(*settings, action);
    say("benefits: " + settings.error().message);
    return ExitCode::usage;
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
    if (argc > 1 && std::string_view(argv[1]) == kCompleteName)
        return complete_word({argv + 2, argv + argc});
    Globals globals;
    Action chosen;
    CLI::App app(kAbout, "benefits");
    app.fallthrough();
    app.require_subcommand(1);
    app.set_version_flag("--version", "benefits " BENEFITS_VERSION);
    app.footer(kExamples);
    add_globals(app, globals);
    add_subcommands(Subcommand(app), globals, chosen);
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
