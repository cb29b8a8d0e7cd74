#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {

std::string spaced(std::string_view name) {
    std::string words(name);
    for (char& c : words)
        if (c == '_') c = ' ';
    return words;
}

std::string joined_texts(const std::vector<std::string>& texts, std::string_view between) {
    std::string words;
    for (const std::string& text : texts)
        words += (words.empty() ? std::string() : std::string(between)) + text;
    return words;
}

}  // namespace ledger::tools
