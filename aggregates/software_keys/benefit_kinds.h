// Software keys, and products without one [SWK-01..06].
#pragma once

#include "aggregates/benefit_kind.h"

namespace ledger::software_keys {

std::size_t activations_max_bytes(std::size_t units, std::size_t machines);
std::vector<Said> key_rules(const fb::PolicyVersionT& policy);
std::vector<Said> download_rules(const fb::PolicyVersionT& policy);

inline constexpr StockWords kKeyWords{
    {"key", "제품 키"}, {"Keys", "제품 키"}, {"shown", "표시됨"}, true};

inline constexpr KindOfBenefit kBenefitKinds[] = {
    {.kind = fb::BenefitKind::software_key,
     .stock = &kKeyWords,
     .delivered_max_bytes = activations_max_bytes,
     .rules = key_rules},
    {.kind = fb::BenefitKind::download, .rules = download_rules}};

}  // namespace ledger::software_keys
