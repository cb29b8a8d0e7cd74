#include "aggregates/reason.h"

namespace ledger {

std::optional<Refusal> refuse_without_reason(const Context& context, std::string_view rule) {
    if (context.reason.find_first_not_of(" \t\r\n") != std::string_view::npos) return std::nullopt;
    return refuse(say::ReasonMissing{}, rule);
}

}  // namespace ledger
