#include "tools/benefits/cli/chosen_settings.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "tools/benefits/cli/nearest_name.h"

namespace ledger::tools {
namespace {

// One place where settings are said.
struct Layer {
    std::string called;  // empty: an option, or a variable of the environment
    Values values;
};

std::string environment(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value ? value : "";
}

// Options, and what stands in the environment for those that weren't typed.
Layer said(const Globals& globals) {
    Layer layer;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) layer.values.emplace(name, value);
    };
    add("ledger", globals.ledger);
    add("kafka", globals.kafka);
    add("topics", globals.topics);
    add("pager", globals.pager);
    add("lang", globals.lang);
    for (const Setting& each : settings())
        if (const std::string value = environment(each.environment); !value.empty())
            layer.values.emplace(each.name, value);
    return layer;
}

std::string default_of(std::string_view name) {
    if (name == "topics") return "benefits";
    if (name == "output") return "table";
    if (name == "pager") return "auto";
    return {};
}

std::string from_home(const std::string& folder) {
    return folder.starts_with("~/") ? environment("HOME") + folder.substr(1) : folder;
}

std::string called(const Layer& layer, const Setting& setting, const std::string& value) {
    if (!layer.called.empty()) return layer.called;
    return environment(setting.environment) == value ? std::string(setting.environment) : "option";
}

bool is_of_ledger(std::string_view name) { return name == "kafka" || name == "topics"; }

ChosenSetting chosen(const Setting& setting, const std::vector<Layer>& layers) {
    for (const Layer& layer : layers) {
        const auto found = layer.values.find(setting.name);
        if (found != layer.values.end())
            return {setting.name == "ledger" && !layer.called.empty() ? from_home(found->second)
                                                                      : found->second,
                    called(layer, setting, found->second)};
        if (is_of_ledger(setting.name) && layer.values.count("ledger") != 0) break;
    }
    return {default_of(setting.name), "default"};
}

Error no_such_profile(const std::string& profile, const ConfigFile& file) {
    const std::vector<std::string> names = file.profile_names();
    std::string all;
    for (const std::string& each : names) all += (all.empty() ? "" : ", ") + each;
    const std::string meant = meant_instead(profile, names);
    const std::string where = file.path.empty() ? "the settings, which have no place" : file.path;
    return error("there is no profile '" + profile + "' in " + where +
                 (!meant.empty() ? meant
                  : all.empty()
                      ? "; 'benefits config set --profile " + profile + " ledger DIR' makes it"
                      : ", which has " + all));
}

}  // namespace

Result<ChosenSettings> choose_settings(const Globals& globals, const ConfigFile& file) {
    ChosenSettings settled;
    settled.profile = globals.profile;
    if (const auto usual = file.for_all.find(kProfileSetting);
        settled.profile.empty() && usual != file.for_all.end())
        settled.profile = usual->second;
    std::vector<Layer> layers{said(globals)};
    for (const auto& [name, value] : layers.front().values)
        if (const std::string fault = name == "ledger" ? "" : setting_fault(name, value);
            !fault.empty())
            return error("the environment's " + name + ": " + fault);
    if (!settled.profile.empty()) {
        const auto profile = file.profiles.find(settled.profile);
        if (profile == file.profiles.end()) return no_such_profile(settled.profile, file);
        layers.push_back({"profile " + settled.profile, profile->second});
    }
    layers.push_back({"all profiles", file.for_all});
    for (const Setting& each : settings()) settled.by_name.emplace(each.name, chosen(each, layers));

    const ChosenSetting& ledger = settled.by_name.find("ledger")->second;
    const bool typed =
        !globals.profile.empty() && globals.profile != environment("BENEFITS_PROFILE");
    if (typed && ledger.from == "BENEFITS_LEDGER" && layers[1].values.count("ledger") != 0 &&
        from_home(layers[1].values.at("ledger")) != ledger.value)
        settled.note = "BENEFITS_LEDGER is set and goes before the ledger of profile '" +
                       settled.profile + "': this is " + ledger.value;
    return settled;
}

}  // namespace ledger::tools
