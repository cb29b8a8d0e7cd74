#include "aggregates/benefit_rules.h"

#include "aggregates/refunds/standing.h"

namespace ledger {
namespace {

std::string managers(const fb::PolicyVersionT& policy) {
    const bool partner_admin = (policy.benefit_roles & fb::Role::partner_admin) != fb::Role::NONE;
    return partner_admin ? "A global admin or an MPN partner admin manages it."
                         : "Only a global admin manages it.";
}

}  // namespace

std::vector<RuleText> rules_behind(fb::BenefitKind kind, const fb::PolicyVersionT& policy) {
    std::vector<RuleText> rules = kind_of(kind).rules(policy);
    rules.push_back({"BEN-01", "The last day to activate it is the anniversary."});
    rules.push_back({"BEN-04", "Nothing is taken beyond what was granted."});
    rules.push_back({"ACC-06", managers(policy)});
    rules.push_back(refunds::refund_rule(policy));
    rules.push_back({"LED-07", "Support mends a wrong count by a further event, with a reason."});
    return rules;
}

}  // namespace ledger
