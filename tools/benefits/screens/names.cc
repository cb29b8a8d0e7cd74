#include "tools/benefits/screens/names.h"

#include <algorithm>
#include <span>

#include "events/actions.h"
#include "screen_names_generated.h"
#include "tools/benefits/screens/days_text.h"
#include "tools/benefits/screens/event_text.h"

namespace ledger::tools {
namespace {

// Empty where there is none.
std::string_view korean_of(std::span<const KoreanName> names, std::string_view name) {
    const auto at = std::lower_bound(
        names.begin(), names.end(), name,
        [](const KoreanName& known, std::string_view wanted) { return known.name < wanted; });
    return at != names.end() && at->name == name ? at->korean : std::string_view{};
}

std::string in_language(std::span<const KoreanName> names, std::string_view name, Language in,
                        std::string english) {
    switch (in) {
        case Language::english:
            return english;
        case Language::korean:
            break;
    }
    const std::string_view korean = korean_of(names, name);
    return korean.empty() ? english : std::string(korean);
}

template <typename Kind>
std::string name_among(std::span<const Kind> kinds, std::string_view type, Language in) {
    for (const Kind& kind : kinds)
        if (in == Language::korean && kind.type_name == type) return std::string(kind.korean);
    return type_in_words(type);
}

}  // namespace

std::string event_name(std::string_view type, Language in) {
    return name_among(event_kinds(), type, in);
}

std::string command_name(std::string_view type, Language in) {
    return name_among(command_kinds(), type, in);
}

std::string field_name(std::string_view field, Language in) {
    return in_language(kFieldNames, field, in, spaced(field));
}

std::string value_name(std::string_view type, std::string_view value, Language in) {
    return in_language(kValueNames, std::string(type).append(".").append(value), in, spaced(value));
}

std::string plain_field_name(std::string_view field, Language in) {
    return in_language(kFieldNames, field, in, std::string(field));
}

std::string plain_value_name(std::string_view type, std::string_view value, Language in) {
    return in_language(kValueNames, std::string(type).append(".").append(value), in,
                       std::string(value));
}

}  // namespace ledger::tools
