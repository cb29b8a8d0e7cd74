#include "tools/benefits/screens/phrase.h"

namespace ledger::tools {

std::string phrase(const InLanguages& said,
                   std::initializer_list<std::pair<std::string_view, std::string_view>> values,
                   Language in) {
    std::string_view left = said_in(said, in);
    std::string out;
    for (std::size_t at = 0; (at = left.find('{')) != std::string_view::npos;) {
        const std::size_t end = left.find('}', at);
        const std::string_view name = left.substr(at + 1, end - at - 1);
        out += left.substr(0, at);
        for (const auto& [known, value] : values)
            if (known == name) out += value;
        left.remove_prefix(end + 1);
    }
    return out + std::string(left);
}

}  // namespace ledger::tools
