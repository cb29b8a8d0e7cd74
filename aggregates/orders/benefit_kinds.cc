#include "aggregates/orders/benefit_kinds.h"

namespace ledger::orders {

std::vector<RuleText> monthly_credit_rules(const fb::PolicyVersionT&) {
    return {{"CLD-08", "Granted each month of the term; it lapses at the month's end."}};
}

std::vector<RuleText> bulk_credit_rules(const fb::PolicyVersionT&) {
    return {{"CLD-07", "It isn't combined with another offer."}};
}

std::vector<RuleText> technical_rules(const fb::PolicyVersionT&) {
    return {{"TEC-03",
             "Taken by tickets and advisory requests, while it is active and units are left."}};
}

std::vector<RuleText> marketing_rules(const fb::PolicyVersionT&) {
    return {{"GTM-02", "Activated only after a marketing contact is set."}};
}

}  // namespace ledger::orders
