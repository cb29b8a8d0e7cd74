#include "tools/benefits/screens/rule_text.h"

namespace ledger::tools {
namespace {

std::string days(std::uint32_t count) { return std::to_string(count) + " days"; }

std::string managers(const fb::PolicyVersionT& policy) {
    const bool partner_admin = (policy.benefit_roles & fb::Role::partner_admin) != fb::Role::NONE;
    return partner_admin ? "A global admin or an MPN partner admin manages it."
                         : "Only a global admin manages it.";
}

void add_seats(std::vector<RuleText>& rules, const fb::PolicyVersionT& policy) {
    rules.push_back({"VSS-01", policy.seat_for_tenant_member
                                   ? "A seat goes to a person of the user list or of one of the "
                                     "partner's own tenants."
                                   : "A seat goes to a person of the user list."});
    rules.push_back({"VSS-02", "One person a seat, and no person twice on the same SKU."});
    rules.push_back({"VSS-03", policy.seat_move_days == 0
                                   ? "A seat may go to another person at any time."
                                   : "A seat may go to another person " +
                                         days(policy.seat_move_days) + " after its assignment."});
    rules.push_back({"BEN-03", "Seats may be assigned through the renewal window, " +
                                   days(policy.renewal_window_days) + " after the anniversary."});
}

void add_keys(std::vector<RuleText>& rules) {
    rules.push_back({"SWK-06", "Keys come from a delivery; a reveal takes the next of the stock."});
    rules.push_back({"SWK-01",
                     "Every reveal is recorded; looking again at the same key takes "
                     "nothing."});
    rules.push_back({"SWK-03",
                     "A key has a finite number of activations; a machine that has it "
                     "counts nothing again."});
    rules.push_back({"SWK-04", "An activation ends the right to a refund."});
}

void add_tokens(std::vector<RuleText>& rules) {
    rules.push_back(
        {"SWK-06", "Tokens come from a delivery; an issue takes the next of the stock."});
    rules.push_back({"CLD-02", "A token is redeemed whole."});
    rules.push_back({"CLD-03", "A token is redeemed once."});
    rules.push_back({"CLD-05", "Only on a tenant of the partner's own."});
    rules.push_back({"BEN-02", "What was redeemed can be used for one year from that day."});
}

void add_of_kind(std::vector<RuleText>& rules, fb::BenefitKind kind,
                 const fb::PolicyVersionT& policy) {
    switch (kind) {
        case fb::BenefitKind::visual_studio_seat:
            return add_seats(rules, policy);
        case fb::BenefitKind::software_key:
            return add_keys(rules);
        case fb::BenefitKind::cloud_token:
            return add_tokens(rules);
        case fb::BenefitKind::download:
            rules.push_back({"SWK-02", "It has no key: each download is recorded instead."});
            return;
        case fb::BenefitKind::azure_usage:
            rules.push_back({"CLD-01", "It is activated by assigning the company itself."});
            return;
        case fb::BenefitKind::azure_monthly_credit:
            rules.push_back({"CLD-08",
                             "Granted each month of the term; it lapses at the month's "
                             "end."});
            return;
        case fb::BenefitKind::azure_bulk_credit:
            rules.push_back({"CLD-07", "It isn't combined with another offer."});
            return;
        case fb::BenefitKind::incidents:
        case fb::BenefitKind::advisory_hours:
            rules.push_back({"TEC-03",
                             "Taken by tickets and advisory requests, while it is active "
                             "and units are left."});
            return;
        case fb::BenefitKind::go_to_market:
            rules.push_back({"GTM-02", "Activated only after a marketing contact is set."});
            return;
    }
}

}  // namespace

std::vector<RuleText> rules_of(fb::BenefitKind kind, const fb::PolicyVersionT& policy) {
    std::vector<RuleText> rules;
    add_of_kind(rules, kind, policy);
    rules.push_back({"BEN-01", "The last day to activate it is the anniversary."});
    rules.push_back({"BEN-04", "Nothing is taken beyond what was granted."});
    rules.push_back({"ACC-06", managers(policy)});
    rules.push_back({"OFF-06", policy.refund_ends_with == fb::RefundTest::anything_used
                                   ? "Any use, and the sight of any key, ends the right to a "
                                     "refund; it may be asked for through day " +
                                         std::to_string(policy.refund_days) + "."
                                   : "The activation of a software key ends the right to a "
                                     "refund; it may be asked for through day " +
                                         std::to_string(policy.refund_days) + "."});
    rules.push_back({"LED-07", "Support mends a wrong count by a further event, with a reason."});
    return rules;
}

}  // namespace ledger::tools
