#include "aggregates/refusal.h"

#include <utility>

namespace ledger {

std::optional<RefusalCode> find_refusal_code(std::string_view text) {
    for (const RefusalKind& kind : kRefusalKinds)
        if (kind.text == text) return kind.code;
    return std::nullopt;
}

Refusal refuse(RefusalCode code) { return refuse(code, std::string(kind_of(code).sentence)); }

Refusal refuse(RefusalCode code, std::string reason) {
    return refuse(code, kind_of(code).rule, std::move(reason));
}

Refusal refuse(RefusalCode code, std::string_view rule, std::string reason) {
    return Refusal{code, std::string(rule), std::move(reason), std::nullopt};
}

}  // namespace ledger
