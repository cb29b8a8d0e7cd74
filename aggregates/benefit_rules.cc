#include "aggregates/benefit_rules.h"

#include "aggregates/refunds/standing.h"
#include "refusals_generated.h"

namespace ledger {
namespace {

Said managers(const fb::PolicyVersionT& policy) {
    const bool partner_admin = (policy.benefit_roles & fb::Role::partner_admin) != fb::Role::NONE;
    return partner_admin ? tell(say::RuleManagersPartnerAdmin{}) : tell(say::RuleManagers{});
}

}  // namespace

std::vector<Said> rules_behind(fb::BenefitKind kind, const fb::PolicyVersionT& policy) {
    std::vector<Said> rules = kind_of(kind).rules(policy);
    rules.push_back(tell(say::RuleActivation{}));
    rules.push_back(tell(say::RuleGranted{}));
    rules.push_back(managers(policy));
    rules.push_back(refunds::refund_rule(policy));
    rules.push_back(tell(say::RuleMending{}));
    return rules;
}

}  // namespace ledger
