#include "tools/benefits/cli/subcommand.h"

#include <CLI/CLI.hpp>
#include <utility>

namespace ledger::tools {

Option Option::type_name(const std::string& name) const {
    return Option(*option_->type_name(name));
}

Option Option::description(const std::string& about) const {
    return Option(*option_->description(about));
}

Option Option::group(const std::string& heading) const { return Option(*option_->group(heading)); }

Option Option::required(bool required) const { return Option(*option_->required(required)); }

Option Option::expected(int least, int most) const {
    return Option(*option_->expected(least, most));
}

Option Option::needs(Option other) const { return Option(*option_->needs(other.option_)); }

Option Option::excludes(Option other) const { return Option(*option_->excludes(other.option_)); }

Option Option::check(const Check& check) const { return Option(*option_->check(check)); }

Option Option::within(std::uint32_t least, std::uint32_t most) const {
    return Option(*option_->check(CLI::Range(least, most).description("")));
}

Option Option::within(std::uint64_t least, std::uint64_t most) const {
    return Option(*option_->check(CLI::Range(least, most).description("")));
}

Option Option::within(double least, double most) const {
    return Option(*option_->check(CLI::Range(least, most).description("")));
}

Option Option::within_shown(int least, int most) const {
    return Option(*option_->check(CLI::Range(least, most)));
}

Option Option::positive() const { return Option(*option_->check(CLI::PositiveNumber)); }

bool Option::given() const { return option_->count() > 0; }

Subcommand Subcommand::add_subcommand(const std::string& name, const std::string& about) const {
    return Subcommand(*app_->add_subcommand(name, about));
}

Option Subcommand::add_option(const std::string& names, std::string& value,
                              const std::string& about) const {
    return Option(*app_->add_option(names, value, about));
}

Option Subcommand::add_option(const std::string& names, std::uint32_t& value,
                              const std::string& about) const {
    return Option(*app_->add_option(names, value, about));
}

Option Subcommand::add_option(const std::string& names, std::uint64_t& value,
                              const std::string& about) const {
    return Option(*app_->add_option(names, value, about));
}

Option Subcommand::add_option(const std::string& names, double& value,
                              const std::string& about) const {
    return Option(*app_->add_option(names, value, about));
}

Option Subcommand::add_option(const std::string& names, std::optional<std::uint32_t>& value,
                              const std::string& about) const {
    return Option(*app_->add_option(names, value, about));
}

Option Subcommand::add_option(const std::string& names, std::optional<std::uint64_t>& value,
                              const std::string& about) const {
    return Option(*app_->add_option(names, value, about));
}

Option Subcommand::add_option(const std::string& names, std::vector<std::string>& values,
                              const std::string& about) const {
    return Option(*app_->add_option(names, values, about));
}

Option Subcommand::add_option(const std::string& names,
                              const std::function<void(const std::string&)>& take,
                              const std::string& about) const {
    return Option(*app_->add_option_function<std::string>(names, take, about));
}

Option Subcommand::add_flag(const std::string& name, bool& value, const std::string& about) const {
    return Option(*app_->add_flag(name, value, about));
}

void Subcommand::group(const std::string& heading) const { app_->group(heading); }

void Subcommand::footer(const std::string& text) const { app_->footer(text); }

void Subcommand::require_subcommand(std::size_t least, std::size_t most) const {
    app_->require_subcommand(least, most);
}

void Subcommand::fallthrough() const { app_->fallthrough(); }

bool Subcommand::subcommand_typed() const { return !app_->get_subcommands().empty(); }

void Subcommand::callback(std::function<void()> typed, std::function<std::string()> wrong) const {
    app_->callback([typed = std::move(typed), wrong = std::move(wrong)] {
        const std::string sentence = wrong ? wrong() : std::string();
        if (!sentence.empty()) throw CLI::ValidationError(sentence);
        typed();
    });
}

void Subcommand::also_check(std::function<std::string()> wrong) const {
    app_->parse_complete_callback([wrong = std::move(wrong)] {
        if (const std::string sentence = wrong(); !sentence.empty())
            throw CLI::ValidationError(sentence);
    });
}

}  // namespace ledger::tools
