// What a subcommand tells the parser: its options, its help, and what is done once it was typed.
// The parser, CLI11, stays behind it: each file that reads <CLI/CLI.hpp> takes seconds more to
// compile, so only those do that look into the parser's tree (the manual page, the completions).
// Both are light values that hold as long as the parser; what an option is read into must stay
// where it is as long as that. Two options of one name are a bug: the parser throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace ledger::tools {

// What is wrong with a value, to stand behind the option's name; empty when nothing is.
using Check = std::function<std::string(const std::string& value)>;

// An option, a flag or an argument that was added.
class Option {
public:
    explicit Option(CLI::Option& option) : option_(&option) {}

    // What the help calls its value: "DATE", "table|json".
    Option type_name(const std::string& name) const;
    Option description(const std::string& about) const;
    // The heading under which the help lists it; an empty one hides it.
    Option group(const std::string& heading) const;

    Option required(bool required = true) const;
    // How many values an argument takes.
    Option expected(int least, int most) const;
    Option needs(Option other) const;
    Option excludes(Option other) const;

    Option check(const Check& check) const;
    // A number from `least` to `most`, read as one of their type.
    Option within(std::uint32_t least, std::uint32_t most) const;
    Option within(std::uint64_t least, std::uint64_t most) const;
    Option within(double least, double most) const;
    // The same, and the help says so.
    Option within_shown(int least, int most) const;
    // A number above 0, and the help says so.
    Option positive() const;

    // Whether it was typed, once all was read.
    bool given() const;

private:
    CLI::Option* option_;
};

// A level of the command line: a subcommand, or the program itself.
class Subcommand {
public:
    explicit Subcommand(CLI::App& app) : app_(&app) {}

    Subcommand add_subcommand(const std::string& name, const std::string& about) const;

    // `names` are "-f,--file", or a name without dashes for an argument. `value` keeps what it
    // holds when nothing is typed.
    Option add_option(const std::string& names, std::string& value,
                      const std::string& about = "") const;
    Option add_option(const std::string& names, std::uint32_t& value,
                      const std::string& about) const;
    Option add_option(const std::string& names, std::uint64_t& value,
                      const std::string& about) const;
    Option add_option(const std::string& names, double& value, const std::string& about) const;
    Option add_option(const std::string& names, std::optional<std::uint32_t>& value,
                      const std::string& about) const;
    Option add_option(const std::string& names, std::optional<std::uint64_t>& value,
                      const std::string& about) const;
    Option add_option(const std::string& names, std::vector<std::string>& values,
                      const std::string& about) const;
    // `take` gets what was typed when its checks have passed.
    Option add_option(const std::string& names, const std::function<void(const std::string&)>& take,
                      const std::string& about) const;
    Option add_flag(const std::string& name, bool& value, const std::string& about) const;

    // The heading under which the help of the level above lists it.
    void group(const std::string& heading) const;
    // The end of its help.
    void footer(const std::string& text) const;

    // How many subcommands of its own must and may follow.
    void require_subcommand(std::size_t least = 1, std::size_t most = 1) const;
    // An option that a subcommand of its own doesn't know is looked for here.
    void fallthrough() const;
    // Whether a subcommand of its own was typed.
    bool subcommand_typed() const;

    // `typed` is called when it was typed and every option is right. What `wrong` says of them
    // together, unless that is nothing, is wrong usage.
    void callback(std::function<void()> typed, std::function<std::string()> wrong = {}) const;

    // One more look at the options together, when it was typed.
    void also_check(std::function<std::string()> wrong) const;

    // For what looks into the tree.
    const CLI::App& parser() const { return *app_; }

private:
    CLI::App* app_;
};

}  // namespace ledger::tools
