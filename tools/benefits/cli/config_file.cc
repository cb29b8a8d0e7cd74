#include "tools/benefits/cli/config_file.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "events/durable_file.h"
#include "events/json/quote.h"
#include "tools/benefits/cli/nearest_name.h"

namespace ledger::tools {
namespace {

constexpr std::array kSettings{
    Setting{"ledger", "BENEFITS_LEDGER", "The ledger's folder"},
    Setting{"kafka", "BENEFITS_KAFKA", "Brokers of a Kafka ledger"},
    Setting{"topics", "BENEFITS_TOPICS", "Beginning of the Kafka topics' names"},
    Setting{"output", "BENEFITS_OUTPUT", "What -o is where it isn't typed"},
    Setting{"lang", "BENEFITS_LANG", "The language of what is said: en or ko"},
    Setting{"pager", "BENEFITS_PAGER", "auto, always, never or a pager's command line"},
};

Error at_line(const std::string& path, std::size_t line, const std::string& what) {
    return error(path + ":" + std::to_string(line) + ": " + what);
}

std::vector<std::string> setting_names(bool with_profile) {
    std::vector<std::string> names;
    names.reserve(std::size(kSettings) + 1);
    for (const Setting& each : kSettings) names.emplace_back(each.name);
    if (with_profile) names.emplace_back(kProfileSetting);
    return names;
}

bool is_setting(std::string_view name) {
    return std::any_of(kSettings.begin(), kSettings.end(),
                       [&](const Setting& each) { return each.name == name; });
}

std::string no_such_setting(std::string_view name, bool with_profile) {
    const std::vector<std::string> names = setting_names(with_profile);
    std::string all;
    for (const std::string& each : names) all += (all.empty() ? "" : ", ") + each;
    const std::string meant = meant_instead(std::string(name), names);
    return "there is no setting '" + std::string(name) + "'" +
           (meant.empty() ? "; there are " + all : meant);
}

bool is_profile_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

std::string profile_fault(std::string_view name) {
    if (is_setting(name) || name == kProfileSetting)
        return "a profile can't be called '" + std::string(name) + "', which is a setting";
    if (is_profile_name(name)) return {};
    return "a profile's name has lower case letters, digits, - and _ only, and '" +
           std::string(name) + "' has not";
}

Result<void> take_setting(const std::string& path, std::string_view name, const toml::node& node,
                          bool for_all, Values& values) {
    const std::size_t line = node.source().begin.line;
    if (!is_setting(name) && !(for_all && name == kProfileSetting))
        return at_line(path, line, no_such_setting(name, for_all));
    const auto text = node.value_exact<std::string>();
    if (!text)
        return at_line(
            path, line,
            std::string(name) + " is a text in quotes: " + std::string(name) + " = \"...\"");
    if (const std::string fault = setting_fault(name, *text); !fault.empty())
        return at_line(path, line, std::string(name) + ": " + fault);
    values.emplace(name, *text);
    return {};
}

// Places in a text as toml++ has them: lines and columns from 1, columns in code points.
std::size_t offset_of(std::string_view text, const toml::source_position& at) {
    std::size_t offset = 0;
    for (std::uint32_t line = 1; line < at.line; ++line) {
        const std::size_t end = text.find('\n', offset);
        if (end == std::string_view::npos) return text.size();
        offset = end + 1;
    }
    const auto continues = [&](std::size_t place) {
        return place < text.size() && (static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U;
    };
    for (std::uint32_t column = 1; column < at.column && offset < text.size(); ++column) do
            ++offset;
        while (continues(offset));
    return offset;
}

std::size_t line_begin(std::string_view text, std::size_t offset) {
    const std::size_t end = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    return end == std::string_view::npos ? 0 : end + 1;
}

std::size_t line_after(std::string_view text, std::size_t offset) {
    const std::size_t end = text.find('\n', offset);
    return end == std::string_view::npos ? text.size() : end + 1;
}

// Where the settings for all profiles end: before the first table's line.
std::size_t end_of_top(std::string_view text, const toml::table& root) {
    std::size_t end = text.size();
    for (const auto& [key, node] : root)
        if (node.is_table())
            end = std::min(end, line_begin(text, offset_of(text, node.source().begin)));
    return end;
}

void insert_line(std::string& text, std::size_t at, const std::string& line) {
    if (at > 0 && text[at - 1] != '\n') text.insert(at++, "\n");
    text.insert(at, line + "\n");
}

// `text` is right as it is.
std::string changed(std::string text, const toml::table& root, const std::string& profile,
                    const std::string& name, const std::string& value) {
    const toml::table* const table = profile.empty() ? &root : root[profile].as_table();
    const std::string line = name + " = " + json::quote(value);
    const toml::node* const stands = table ? table->get(name) : nullptr;
    if (stands) {
        const std::size_t begin = offset_of(text, stands->source().begin);
        const std::size_t end = offset_of(text, stands->source().end);
        if (value.empty())
            text.erase(line_begin(text, begin), line_after(text, end) - line_begin(text, begin));
        else
            text.replace(begin, end - begin, json::quote(value));
    } else if (value.empty()) {
        return text;
    } else if (profile.empty()) {
        insert_line(text, end_of_top(text, root), line);
    } else if (table) {
        insert_line(text, line_after(text, offset_of(text, table->source().begin)), line);
    } else {
        insert_line(text, text.size(), (text.empty() ? "[" : "\n[") + profile + "]\n" + line);
    }
    return text;
}

Result<std::string> config_text(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return text.error();
    return text->value_or("");
}

}  // namespace

std::span<const Setting> settings() { return kSettings; }

std::vector<std::string> ConfigFile::profile_names() const {
    std::vector<std::string> names;
    for (const auto& [name, values] : profiles) names.push_back(name);
    return names;
}

std::string config_path() {
    constexpr const char* kBelow = "/benefits-ledger/config.toml";
    const char* const config = std::getenv("XDG_CONFIG_HOME");
    // The specification: a relative one is to be passed over.
    if (config && *config == '/') return std::string(config) + kBelow;
    const char* const home = std::getenv("HOME");
    return home && *home == '/' ? std::string(home) + "/.config" + kBelow : std::string();
}

std::string setting_fault(std::string_view name, const std::string& value) {
    if (value.empty()) return "expected a text; leave the line out for none";
    if (name == "ledger" && value.front() != '/' && !value.starts_with("~/"))
        return "expected a folder from the root, such as /var/lib/benefits, or ~/ledger";
    if (name == "output") return one_of_names({"table", "json", "jsonl", "csv"})(value);
    if (name == "lang") return one_of_names({"en", "ko"})(value);
    if (name == kProfileSetting) return profile_fault(value);
    return {};
}

Result<ConfigFile> parse_config(const std::string& path, std::string_view text) {
    ConfigFile file;
    file.path = path;
    const toml::parse_result parsed = toml::parse(text, path);
    if (!parsed)
        return at_line(path, parsed.error().source().begin.line,
                       std::string(parsed.error().description()));
    for (const auto& [key, node] : parsed.table()) {
        const std::string name(key.str());
        const toml::table* const table = node.as_table();
        if (!table) {
            if (const auto taken = take_setting(path, name, node, true, file.for_all); !taken)
                return taken.error();
            continue;
        }
        if (const std::string fault = profile_fault(name); !fault.empty())
            return at_line(path, node.source().begin.line, fault);
        Values& values = file.profiles[name];
        for (const auto& [inner, value] : *table)
            if (const auto taken = take_setting(path, inner.str(), value, false, values); !taken)
                return taken.error();
    }
    return file;
}

Result<ConfigFile> read_config() {
    const std::string path = config_path();
    if (path.empty()) return ConfigFile{};
    const auto text = read_file(path);
    if (!text) return text.error();
    if (!*text) {
        ConfigFile none;
        none.path = path;
        return none;
    }
    auto file = parse_config(path, **text);
    if (file) file->exists = true;
    return file;
}

Result<void> change_config(const std::string& profile, const std::string& name,
                           const std::string& value) {
    const bool known = is_setting(name) || (profile.empty() && name == kProfileSetting);
    if (!known) return error(no_such_setting(name, profile.empty()));
    if (!profile.empty())
        if (const std::string fault = profile_fault(profile); !fault.empty()) return error(fault);
    if (const std::string fault = value.empty() ? "" : setting_fault(name, value); !fault.empty())
        return error(name + ": " + fault);
    const std::string path = config_path();
    if (path.empty())
        return error("neither HOME nor XDG_CONFIG_HOME says where the settings are kept");
    const auto before = config_text(path);
    if (!before) return before.error();
    if (const auto right = parse_config(path, *before); !right) return right.error();
    const toml::parse_result parsed = toml::parse(*before);
    const std::string after = changed(*before, parsed.table(), profile, name, value);
    const auto read_back = parse_config(path, after);
    const Values* values = nullptr;
    if (read_back && profile.empty()) values = &read_back->for_all;
    if (read_back && !profile.empty() && read_back->profiles.count(profile) != 0)
        values = &read_back->profiles.at(profile);
    const bool stands = values && values->count(name) != 0 && values->at(name) == value;
    if (!read_back || (!value.empty() && !stands))
        return error(path +
                     " is written in a way that can't be changed from here: change it with "
                     "an editor");
    std::error_code failed;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
    if (failed) return error(path + " can't be written: " + failed.message());
    // People keep such files elsewhere and a link here.
    const auto place = std::filesystem::weakly_canonical(path, failed);
    return write_durably(failed ? path : place.string(), after);
}

}  // namespace ledger::tools
