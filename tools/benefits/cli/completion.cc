// `benefits completion`
#include "tools/benefits/cli/completion.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

// "table|json", and nothing that stands for a value, such as "DATE|TIME" or "@FILE|-".
std::vector<std::string> values_in(const std::string& type_name) {
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '|'; };
    std::vector<std::string> values;
    if (!std::all_of(type_name.begin(), type_name.end(), is_word)) return values;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos && !type_name.empty(); begin = end + 1) {
        end = type_name.find('|', begin);
        values.push_back(type_name.substr(begin, end == std::string::npos ? end : end - begin));
    }
    return values;
}

// What stands before the first full stop, colon or bracket.
std::string short_form(const std::string& about) {
    const std::size_t end = std::min(
        {about.find(". "), about.find(" ("), about.find(" ["), about.find("; "), about.find('\n')});
    return about.substr(0, end);
}

Completable::Files files_in(const std::string& type_name) {
    if (type_name.find('@') != std::string::npos) return Completable::Files::marked;
    if (type_name == "DIR") return Completable::Files::folders;
    return type_name == "FILE" ? Completable::Files::files : Completable::Files::none;
}

// Which of the ledger's names an option of a subcommand takes, or nothing.
std::string names_of_option(const CLI::App& app, const std::string& name) {
    if (name == "type") return app.get_name() == "history" ? "event-type" : "command-type";
    struct Taken {
        std::string_view option;
        const char* names;
    };
    constexpr std::array kTaken{
        Taken{"partner", "partner"}, Taken{"order", "order"},     Taken{"sku", "sku"},
        Taken{"offer", "offer"},     Taken{"as", "user"},         Taken{"user", "user"},
        Taken{"person", "user"},     Taken{"request", "request"}, Taken{"key", "key"},
        Taken{"token", "key"},       Taken{"profile", "profile"}, Taken{"actor", "user"},
    };
    for (const Taken& each : kTaken)
        if (each.option == name) return each.names;
    return {};
}

// The same of a subcommand's argument, by what it is called there.
std::string names_of_argument(const CLI::App& app, const std::string& name) {
    if (name == "partner" || name == "benefit" || name == "command" || name == "setting")
        return name;
    if (name == "id") return app.get_name() == "receipt" ? "receipt" : "rule";
    return name == "name" && app.get_name() == "commands" ? "command" : "";
}

void add_options(const CLI::App& app, Completable& level) {
    for (const CLI::App* from = &app; from; from = from->get_parent())
        for (const CLI::Option* option : from->get_options()) {
            Completable::Option each;
            each.about = short_form(option->get_description());
            each.takes_value = option->get_items_expected_max() > 0;
            const std::string type = option->get_type_name();
            if (each.takes_value) each.values = values_in(type);
            if (each.takes_value) each.files = files_in(type);
            if (!option->get_snames().empty()) each.short_name = "-" + option->get_snames().front();
            for (const std::string& name : option->get_lnames()) {
                each.name = "--" + name;
                if (each.takes_value) each.names = names_of_option(app, name);
                const auto same = [&](const Completable::Option& known) {
                    return known.name == each.name;
                };
                if (std::none_of(level.options.begin(), level.options.end(), same))
                    level.options.push_back(each);
            }
        }
}

void add_levels(const CLI::App& app, std::vector<Completable>& levels) {
    Completable level;
    level.path = path_of(app);
    const auto inside =
        app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
    for (const CLI::App* each : inside)
        level.words.push_back({each->get_name(), short_form(each->get_description())});
    for (const CLI::Option* option : app.get_options()) {
        if (!option->get_positional()) continue;
        for (const std::string& value : values_in(option->get_type_name()))
            level.words.push_back({value, option->get_description()});
        level.names += (level.names.empty() ? "" : ",") +
                       names_of_argument(app, option->get_name(true, false));
        if (level.files == Completable::Files::none)
            level.files = files_in(option->get_type_name());
    }
    add_options(app, level);
    levels.push_back(std::move(level));
    for (const CLI::App* each : inside) add_levels(*each, levels);
}

}  // namespace

std::vector<Completable> completable(Subcommand root) {
    std::vector<Completable> levels;
    add_levels(root.parser(), levels);
    return levels;
}

void add_completion(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "completion", "Prints a script with which a shell completes command lines");
    auto shell = std::make_shared<std::string>();
    command.add_option("shell", *shell, "Which shell")
        .type_name("bash|zsh|fish")
        .required()
        .check(one_of_names({"bash", "zsh", "fish"}));
    add_examples(command,
                 "  source <(benefits completion bash)\n"
                 "  benefits completion zsh > ~/.zfunc/_benefits\n"
                 "  benefits completion fish > ~/.config/fish/completions/benefits.fish\n");
    command.callback([shell, parent, &chosen] {
        chosen.needs_ledger = chosen.settings_count = false;
        // While the parser is there.
        const auto levels = completable(parent);
        const std::string script = *shell == "bash"  ? bash_completion(levels)
                                   : *shell == "zsh" ? zsh_completion(levels)
                                                     : fish_completion(levels);
        chosen.run = [script](const LedgerPlace&) {
            print_exact(script);
            return ExitCode::done;
        };
    });
}

}  // namespace ledger::tools
