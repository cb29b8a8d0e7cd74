// `benefits config`
#include <filesystem>
#include <memory>

#include "settings_generated.h"
#include "tools/benefits/cli/chosen_settings.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {
namespace {

ExitCode wrong_settings(const Error& error) {
    say("benefits: " + error.message);
    return ExitCode::usage;
}

std::string settings_table(const ChosenSettings& chosen, const Screen& on) {
    Table table;
    table.column("setting").column("value").column("from").column("what it is");
    table.row({"profile", chosen.profile.empty() ? "none" : chosen.profile, "",
               "Settings that belong together, by a name"});
    for (const Setting& each : settings()) {
        const ChosenSetting& setting = chosen.by_name.find(each.name)->second;
        table.row({std::string(each.name), setting.value.empty() ? "none" : setting.value,
                   setting.value.empty() ? "" : setting.from, std::string(each.about)});
    }
    return table.text(on);
}

ExitCode show_config(const Globals& globals, const ListFormat& format) {
    const auto file = read_config();
    if (!file) return wrong_settings(file.error());
    const auto chosen = choose_settings(globals, *file);
    if (!chosen) return wrong_settings(chosen.error());
    fb::SettingListT answer;
    answer.path = file->path;
    answer.exists = file->exists;
    answer.profile = chosen->profile;
    for (const Setting& each : settings()) {
        const ChosenSetting& setting = chosen->by_name.find(each.name)->second;
        fb::SettingLineT& line = answer.settings.emplace_back();
        line.setting = each.name;
        line.value = setting.value;
        line.from = setting.from;
    }
    print_list(format, answer, answer.settings, [&] { return settings_table(*chosen, screen()); });
    return ExitCode::done;
}

fb::ProfileLineT profile_line(const std::string& name, const Values& values, bool in_use) {
    const auto value = [&](const char* setting) {
        const auto found = values.find(setting);
        return found == values.end() ? std::string() : found->second;
    };
    fb::ProfileLineT line;
    line.profile = name;
    line.in_use = in_use;
    line.ledger = value("ledger");
    line.kafka = value("kafka");
    line.topics = value("topics");
    line.output = value("output");
    line.lang = value("lang");
    line.pager = value("pager");
    return line;
}

std::string profiles_table(const fb::ProfileListT& list, const Screen& on) {
    if (list.profiles.empty())
        return paragraph(
            "There are no profiles; 'benefits config set --profile NAME ledger DIR' makes one.",
            on);
    Table table;
    table.column("profile").column("").column("ledger").column("kafka").column("topics");
    for (const fb::ProfileLineT& line : list.profiles)
        table.row(
            {line.profile, line.in_use ? "in use" : "", line.ledger, line.kafka, line.topics});
    return table.text(on);
}

ExitCode list_profiles(const Globals& globals, const ListFormat& format) {
    const auto file = read_config();
    if (!file) return wrong_settings(file.error());
    const auto chosen = choose_settings(globals, *file);
    if (!chosen) return wrong_settings(chosen.error());
    fb::ProfileListT answer;
    for (const auto& [name, values] : file->profiles)
        answer.profiles.push_back(profile_line(name, values, name == chosen->profile));
    print_list(format, answer, answer.profiles, [&] { return profiles_table(answer, screen()); });
    return ExitCode::done;
}

ExitCode set_setting(const Globals& globals, const std::string& name, std::string value) {
    std::error_code ignored;
    // A folder as seen from here would be another from elsewhere.
    if (name == "ledger" && !value.empty() && !value.starts_with("~/"))
        value = std::filesystem::absolute(value, ignored).lexically_normal().string();
    // The profile that is used when none is named stands above them all.
    const bool above = name == kProfileSetting;
    const auto changed = change_config(above ? "" : globals.profile, name, value);
    return changed ? ExitCode::done : wrong_settings(changed.error());
}

void add_list_or_show(Subcommand config, const Globals& globals, Action& chosen, bool list) {
    const Subcommand command =
        list ? config.add_subcommand("list", "Lists the profiles")
             : config.add_subcommand("show", "Shows every setting that holds, and who says so");
    auto format = std::make_shared<ListFormat>();
    add_format(command, *format);
    add_examples(command, list ? "  benefits config list\n  benefits config list -o csv\n"
                               : "  benefits config show\n"
                                 "  benefits --profile production config show\n");
    command.callback([format, list, &globals, &chosen] {
        chosen.needs_ledger = chosen.settings_count = false;
        chosen.run = [format, list, &globals](const LedgerPlace&) {
            return list ? list_profiles(globals, *format) : show_config(globals, *format);
        };
    });
}

void add_path(Subcommand config, Action& chosen) {
    const Subcommand command = config.add_subcommand("path", "Prints where the settings are kept");
    add_examples(command, "  $EDITOR \"$(benefits config path)\"\n");
    command.callback([&chosen] {
        chosen.needs_ledger = chosen.settings_count = false;
        chosen.run = [](const LedgerPlace&) {
            const std::string path = config_path();
            if (path.empty())
                return wrong_settings(
                    error("neither HOME nor XDG_CONFIG_HOME says where the settings are kept"));
            print(path + "\n");
            return ExitCode::done;
        };
    });
}

void add_set(Subcommand config, const Globals& globals, Action& chosen, bool unset) {
    const Subcommand command =
        unset ? config.add_subcommand("unset", "Takes a setting out of the file")
              : config.add_subcommand("set",
                                      "Keeps a setting in the file, in the profile that "
                                      "--profile names, else for all profiles");
    auto name = std::make_shared<std::string>();
    auto value = std::make_shared<std::string>();
    command
        .add_option("setting", *name, "Which: ledger, kafka, topics, output, lang, pager, profile")
        .type_name("SETTING")
        .required();
    if (!unset) command.add_option("value", *value, "Its value").type_name("VALUE").required();
    add_examples(command, unset ? "  benefits config unset pager\n"
                                  "  benefits config unset --profile sandbox output\n"
                                : "  benefits config set --profile sandbox ledger /tmp/ledger\n"
                                  "  benefits config set profile sandbox     the one to use when "
                                  "none is named\n"
                                  "  benefits config set pager 'less -S'\n");
    command.callback([name, value, &globals, &chosen] {
        chosen.needs_ledger = chosen.settings_count = false;
        chosen.run = [name, value, &globals](const LedgerPlace&) {
            return set_setting(globals, *name, *value);
        };
    });
}

}  // namespace

void add_config(Subcommand parent, const Globals& globals, Action& chosen) {
    const Subcommand config = parent.add_subcommand(
        "config", "Shows and keeps settings and profiles, so that they need not be typed");
    config.fallthrough();
    config.require_subcommand();
    add_list_or_show(config, globals, chosen, false);
    add_list_or_show(config, globals, chosen, true);
    add_set(config, globals, chosen, false);
    add_set(config, globals, chosen, true);
    add_path(config, chosen);
    add_examples(config,
                 "  benefits config set --profile sandbox ledger /tmp/ledger\n"
                 "  benefits config set profile sandbox\n"
                 "  benefits config show\n"
                 "\n"
                 "An option goes before the environment, that before the profile, and the profile "
                 "before what stands\n"
                 "in the file for all. There is no setting for a secret.\n");
}

}  // namespace ledger::tools
