#include "aggregates/cloud/benefit_kinds.h"

#include "aggregates/row_bytes.h"
#include "refusals_generated.h"

namespace ledger::cloud {

// The tenant on which it is redeemed, whole.
std::size_t redemption_max_bytes(std::size_t, std::size_t) { return kTenantMaxBytes; }

std::vector<Said> token_rules(const fb::PolicyVersionT&) {
    return {tell(say::RuleTokenStock{}), tell(say::RuleTokenWhole{}), tell(say::RuleTokenOnce{}),
            tell(say::RuleTokenTenant{}), tell(say::RuleTokenYear{})};
}

std::vector<Said> usage_rules(const fb::PolicyVersionT&) { return {tell(say::RuleUsageCompany{})}; }

}  // namespace ledger::cloud
