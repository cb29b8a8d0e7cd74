#include "tools/benefits/cli/nearest_name.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "events/json/expect.h"

namespace ledger::tools {
namespace {

std::vector<const CLI::App*> commands_in(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
}

// Every name that may stand at this level: subcommands for a word, options for what begins with a
// dash.
std::vector<std::string> names_at(const CLI::App& app, bool options) {
    std::vector<std::string> names;
    if (options) {
        for (const CLI::App* level = &app; level; level = level->get_parent())
            for (const CLI::Option* option : level->get_options())
                for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        return names;
    }
    for (const CLI::App* command : commands_in(app)) names.push_back(command->get_name());
    return names;
}

// "order buy" for "buy", where it was typed without what stands before it.
std::string deeper(const CLI::App& app, const std::string& word) {
    for (const CLI::App* inner : commands_in(app)) {
        if (inner->get_name() == word) return word;
        const std::string found = deeper(*inner, word);
        if (!found.empty()) return inner->get_name() + " " + found;
    }
    return {};
}

std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::string listed(const std::vector<std::string>& names) {
    std::string words;
    for (const std::string& name : names) words += (words.empty() ? "" : ", ") + name;
    return words;
}

std::vector<std::string> divided(const std::string& text) {
    std::vector<std::string> words;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = text.find(',', begin);
        words.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
    }
    return words;
}

// Dashes make no two options alike.
std::string meant_option(const std::string& wrong, const std::vector<std::string>& names) {
    const auto bare = [](std::string_view option) {
        return option.substr(std::min(option.find_first_not_of('-'), option.size()));
    };
    std::vector<std::string_view> words;
    words.reserve(names.size());
    for (const std::string& name : names) words.push_back(bare(name));
    const std::string_view meant = json::nearest(bare(wrong), words);
    return meant.empty() ? "" : "--" + std::string(meant);
}

std::string about_word(const CLI::App& level, const std::string& word, bool shows) {
    const std::string path = path_of(level);
    const bool is_option = word.starts_with('-');
    const std::string name = word.substr(0, is_option ? word.find('=') : std::string::npos);
    const std::vector<std::string> names = names_at(level, is_option);
    std::string sentence = path + " knows no " + (is_option ? "option" : "subcommand") +
                           (shows       ? " " + quoted(name)
                            : is_option ? " that was typed"
                                        : "");
    if (!is_option && names.empty())
        return path + " takes no further argument" + (shows ? " " + quoted(word) : "") + "; see '" +
               path + " --help'";
    const std::string inside = is_option ? meant_option(name, names) : deeper(level, word);
    const std::string meant = !inside.empty() ? "; did you mean " + quoted(inside) + "?"
                              : is_option     ? ""
                                              : meant_instead(name, names);
    return sentence + (meant.empty() ? "; see '" + path + " --help'" : meant);
}

}  // namespace

std::string path_of(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return parent ? path_of(*parent) + " " + command.get_name() : command.get_name();
}

const CLI::App& typed(const CLI::App& app) {
    const auto inner = app.get_subcommands();
    return inner.empty() ? app : typed(*inner.front());
}

std::optional<std::string> unexpected(const CLI::App& app, bool shows) {
    for (const std::string& word : app.remaining(true))
        if (word != "--") return about_word(typed(app), word, shows);
    return std::nullopt;
}

Check one_of_names(std::vector<std::string> names, bool list, bool shows) {
    return [names = std::move(names), list, shows](const std::string& text) -> std::string {
        for (const std::string& word : list ? divided(text) : std::vector<std::string>{text}) {
            if (std::find(names.begin(), names.end(), word) != names.end()) continue;
            const std::string meant = meant_instead(word, names);
            const std::string what = shows ? quoted(word) : list ? "a word" : "what was typed";
            return what + (list ? " is none of " : " is not one of ") + listed(names) + meant;
        }
        return {};
    };
}

std::string meant_instead(const std::string& wrong, const std::vector<std::string>& names) {
    const std::string_view meant = json::nearest(wrong, {names.begin(), names.end()});
    return meant.empty() ? "" : "; did you mean " + quoted(std::string(meant)) + "?";
}

}  // namespace ledger::tools
