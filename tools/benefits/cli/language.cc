#include "tools/benefits/cli/language.h"

#include <cstdlib>

namespace ledger::tools {
namespace {

Language chosen = Language::english;

// "ko", "ko_KR.UTF-8"; "kok_IN" is another one.
bool is_korean(std::string_view locale) {
    return locale.starts_with("ko") && (locale.size() == 2 || locale[2] == '_' || locale[2] == '.');
}

std::string_view of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value && *value) return value;
    }
    return {};
}

}  // namespace

void set_language(std::string_view name) {
    chosen =
        is_korean(name.empty() ? of_environment() : name) ? Language::korean : Language::english;
}

Language language() { return chosen; }

std::string_view name_of(Language language) {
    switch (language) {
        case Language::english:
            return "en";
        case Language::korean:
            return "ko";
    }
    return "";
}

}  // namespace ledger::tools
