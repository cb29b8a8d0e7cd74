// Kinds that an order grants and that no area has commands for: they are counted, and no more.
#pragma once

#include "aggregates/benefit_kind.h"

namespace ledger::orders {

std::vector<RuleText> monthly_credit_rules(const fb::PolicyVersionT& policy);
std::vector<RuleText> bulk_credit_rules(const fb::PolicyVersionT& policy);
std::vector<RuleText> technical_rules(const fb::PolicyVersionT& policy);
std::vector<RuleText> marketing_rules(const fb::PolicyVersionT& policy);

inline constexpr KindOfBenefit kBenefitKinds[] = {
    {.kind = fb::BenefitKind::azure_monthly_credit, .rules = monthly_credit_rules},
    {.kind = fb::BenefitKind::azure_bulk_credit, .rules = bulk_credit_rules},
    {.kind = fb::BenefitKind::incidents, .rules = technical_rules},
    {.kind = fb::BenefitKind::advisory_hours, .rules = technical_rules},
    {.kind = fb::BenefitKind::go_to_market, .rules = marketing_rules}};

}  // namespace ledger::orders
