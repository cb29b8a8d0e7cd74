// Which rules stand behind what a screen shows: those of an event, and those of a kind of benefit
// in one sentence each, with the numbers of the policy in force. docs/rules.md has them in
// full.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy_generated.h"
#include "record_generated.h"

namespace ledger::tools {

// Rule ids: {"VSS-01", "VSS-02"}.
std::span<const std::string_view> rules_of(fb::Event event);

struct RuleText {
    std::string_view id;
    std::string sentence;
};

std::vector<RuleText> rules_of(fb::BenefitKind kind, const fb::PolicyVersionT& policy);

}  // namespace ledger::tools
