// What holds for this run: of an option, the environment, the profile, what the file says for all
// profiles, and the default the first that says anything. The ledger is one thing: where an option or
// the environment names another folder than the file, the file's brokers and topics belong to
// another ledger and don't count.
#pragma once

#include <map>
#include <string>

#include "tools/benefits/cli/config_file.h"

namespace ledger::tools {

// Options of every subcommand, typed or from the environment; empty: not given.
struct Globals {
    std::string ledger;
    std::string kafka;
    std::string topics;
    std::string profile;
    std::string pager;
    std::string lang;
};

struct ChosenSetting {
    std::string value;  // empty: none
    std::string from;   // "option", "BENEFITS_LEDGER", "profile sandbox", "all profiles", "default"
};

struct ChosenSettings {
    std::string profile;                                        // empty: none
    std::map<std::string, ChosenSetting, std::less<>> by_name;  // every setting
    // What a person should know who named a profile; empty: nothing.
    std::string note;

    const std::string& value(std::string_view name) const {
        return by_name.find(name)->second.value;
    }
};

// Error: there is no such profile, or what the environment says can't be.
Result<ChosenSettings> choose_settings(const Globals& globals, const ConfigFile& file);

}  // namespace ledger::tools
