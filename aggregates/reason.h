// Why it is asked for, in the words of the command: some actions take it [ACC-08, OFF-07,
// LED-07].
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/decision.h"

namespace ledger {

// reason.missing, also for blanks alone, under the rule that wants one.
std::optional<Refusal> refuse_without_reason(const Context& context, std::string_view rule);

}  // namespace ledger
