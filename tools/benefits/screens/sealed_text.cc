#include "tools/benefits/screens/sealed_text.h"

#include "screen_words_generated.h"

namespace ledger::tools {

std::string sealed_text(BytesView sealed, const json::OpenText& open) {
    if (sealed.empty()) return {};
    if (!open) return words::sealed();
    const auto opened = open(sealed);
    if (!opened) return opened.error().key_lost ? words::key_lost() : words::unreadable();
    return *opened ? **opened : words::erased();
}

}  // namespace ledger::tools
