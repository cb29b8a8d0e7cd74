// The file in which a person keeps settings and profiles, so that they need not be typed:
//
//   profile = "sandbox"            # the one to use when none is named
//   pager = "less"                 # settings up here hold for every profile that doesn't have its own
//
//   [sandbox]
//   ledger = "/tmp/ledger"
//
//   [production]
//   ledger = "/var/lib/benefits"
//   kafka = "10.0.0.1:9092,10.0.0.2:9092"
//   output = "json"
//
// It is TOML (https://toml.io) and lies at $XDG_CONFIG_HOME/benefits-ledger/config.toml, or below
// ~/.config (XDG Base Directory Specification). It has no secrets: there is no setting for one. What
// is wrong in it is told with its line.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace ledger::tools {

struct Setting {
    std::string_view name;
    std::string_view environment;  // the variable that goes before the file
    std::string_view about;
};
std::span<const Setting> settings();
inline constexpr std::string_view kProfileSetting = "profile";

using Values = std::map<std::string, std::string, std::less<>>;

struct ConfigFile {
    std::string path;  // empty: neither HOME nor XDG_CONFIG_HOME says where
    bool exists = false;
    Values for_all;  // also kProfileSetting
    std::map<std::string, Values, std::less<>> profiles;

    std::vector<std::string> profile_names() const;
};

std::string config_path();

// One that isn't there is empty. Error: "FILE:LINE: what is wrong".
Result<ConfigFile> read_config();

// The same from a text, `path` stands in errors.
Result<ConfigFile> parse_config(const std::string& path, std::string_view text);

// What is wrong with a setting's value; empty when nothing is.
std::string setting_fault(std::string_view name, const std::string& value);

// Puts a setting into the file, for all profiles or for one, which is made when it isn't there; an
// empty value takes it out. Comments and everything else stay. Error: also that there is no such
// setting, or that it can't have that value.
Result<void> change_config(const std::string& profile, const std::string& name,
                           const std::string& value);

}  // namespace ledger::tools
