// Which rules stand behind a kind of benefit, in one sentence each, with the numbers of the policy
// in force. The rule reference has them in full.
#pragma once

#include <vector>

#include "aggregates/benefit_kind.h"

namespace ledger::tools {

std::vector<RuleText> rules_of(fb::BenefitKind kind, const fb::PolicyVersionT& policy);

}  // namespace ledger::tools
