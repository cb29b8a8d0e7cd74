#include "aggregates/cloud/benefit_kinds.h"

#include "aggregates/row_bytes.h"

namespace ledger::cloud {

// The tenant on which it is redeemed, whole.
std::size_t redemption_max_bytes(std::size_t, std::size_t) { return kTenantMaxBytes; }

std::vector<RuleText> token_rules(const fb::PolicyVersionT&) {
    return {{"SWK-06", "Tokens come from a delivery; an issue takes the next of the stock."},
            {"CLD-02", "A token is redeemed whole."},
            {"CLD-03", "A token is redeemed once."},
            {"CLD-05", "Only on a tenant of the partner's own."},
            {"BEN-02", "What was redeemed can be used for one year from that day."}};
}

std::vector<RuleText> usage_rules(const fb::PolicyVersionT&) {
    return {{"CLD-01", "It is activated by assigning the company itself."}};
}

}  // namespace ledger::cloud
