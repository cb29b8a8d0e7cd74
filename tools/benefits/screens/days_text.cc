#include "tools/benefits/screens/days_text.h"

#include "screen_words_generated.h"

namespace ledger::tools {

std::string days_in_words(std::int64_t count) {
    return count == 1 ? words::one_day() : words::days(std::to_string(count));
}

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
