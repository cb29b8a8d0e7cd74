// The rules that stand behind a kind of benefit, one sentence each under its rule, with the numbers
// of a policy: those of the kind, which its area has (benefit_kind.h), and those that all kinds
// share. docs/rules.md has them in full.
#pragma once

#include <vector>

#include "aggregates/benefit_kind.h"

namespace ledger {

std::vector<Said> rules_behind(fb::BenefitKind kind, const fb::PolicyVersionT& policy);

}  // namespace ledger
