// Which rules stand behind a kind of benefit, in one sentence each, with the numbers of the policy
// in force. The rule reference has them in full.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy_generated.h"

namespace ledger::tools {

struct RuleText {
    std::string_view id;
    std::string sentence;
};

std::vector<RuleText> rules_of(fb::BenefitKind kind, const fb::PolicyVersionT& policy);

}  // namespace ledger::tools
