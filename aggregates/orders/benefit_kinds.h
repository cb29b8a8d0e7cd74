// Kinds that an order grants and that no area has commands for: they are counted, and no more. What
// is said of every benefit holds for them, and nothing else does yet.
#pragma once

#include "aggregates/benefit_kind.h"

namespace ledger::orders {

std::vector<Said> no_rules_of_their_own(const fb::PolicyVersionT& policy);

inline constexpr KindOfBenefit kBenefitKinds[] = {
    {.kind = fb::BenefitKind::azure_monthly_credit, .rules = no_rules_of_their_own},
    {.kind = fb::BenefitKind::azure_bulk_credit, .rules = no_rules_of_their_own},
    {.kind = fb::BenefitKind::incidents, .rules = no_rules_of_their_own},
    {.kind = fb::BenefitKind::advisory_hours, .rules = no_rules_of_their_own},
    {.kind = fb::BenefitKind::go_to_market, .rules = no_rules_of_their_own},
    {.kind = fb::BenefitKind::presales, .rules = no_rules_of_their_own}};

}  // namespace ledger::orders
