#include "tools/benefits/screens/page_text.h"

#include "screen_words_generated.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {

std::string page_in_words(const answers::Page& page) {
    std::vector<std::string> parts;
    if (page.since) parts.push_back(words::page_since(to_string(*page.since)));
    if (!page.type.empty()) parts.push_back(words::page_type(page.type));
    if (!page.actor.empty()) parts.push_back(words::page_actor(page.actor));
    return joined_texts(parts);
}

std::string list_page_in_words(const answers::ListPage& page) {
    std::vector<std::string> parts;
    if (page.since) parts.push_back(words::page_since(to_string(*page.since)));
    if (!page.after.empty()) parts.push_back(words::page_behind(page.after));
    return joined_texts(parts);
}

}  // namespace ledger::tools
