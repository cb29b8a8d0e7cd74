// Licence-based cloud subscriptions by token, and the usage-based one [CLD-01..03, CLD-05, BEN-02].
#pragma once

#include "aggregates/benefit_kind.h"

namespace ledger::cloud {

std::size_t redemption_max_bytes(std::size_t units, std::size_t machines);
std::vector<Said> token_rules(const fb::PolicyVersionT& policy);
std::vector<Said> usage_rules(const fb::PolicyVersionT& policy);

inline constexpr StockWords kTokenWords{
    {"token", "토큰"}, {"Tokens", "토큰"}, {"handed out", "발급됨"}, false};

inline constexpr KindOfBenefit kBenefitKinds[] = {
    {.kind = fb::BenefitKind::cloud_token,
     .stock = &kTokenWords,
     .delivered_max_bytes = redemption_max_bytes,
     .rules = token_rules},
    {.kind = fb::BenefitKind::azure_usage, .rules = usage_rules}};

}  // namespace ledger::cloud
