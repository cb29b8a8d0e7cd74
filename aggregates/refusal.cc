#include "aggregates/refusal.h"

namespace ledger {

std::optional<RefusalCode> find_refusal_code(std::string_view text) {
    for (const RefusalKind& kind : kRefusalKinds)
        if (kind.text == text) return kind.code;
    return std::nullopt;
}

}  // namespace ledger
