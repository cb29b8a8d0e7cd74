#include "aggregates/visual_studio/benefit_kinds.h"

#include "aggregates/row_bytes.h"

namespace ledger::visual_studio {

// A seat has its person and the one who had it last.
std::size_t seats_max_bytes(std::size_t quantity) {
    return quantity * (kTableExtraBytes + 2 * kNameMaxBytes);
}

std::vector<RuleText> seat_rules(const fb::PolicyVersionT& policy) {
    const auto days = [](std::uint32_t count) { return std::to_string(count) + " days"; };
    return {
        {"VSS-01", policy.seat_for_tenant_member
                       ? "A seat goes to a person of the user list or of one of the partner's own "
                         "tenants."
                       : "A seat goes to a person of the user list."},
        {"VSS-02", "One person a seat, and no person twice on the same SKU."},
        {"VSS-03", policy.seat_move_days == 0
                       ? "A seat may go to another person at any time."
                       : "A seat may go to another person " + days(policy.seat_move_days) +
                             " after its assignment."},
        {"BEN-03", "Seats may be assigned through the renewal window, " +
                       days(policy.renewal_window_days) + " after the anniversary."}};
}

}  // namespace ledger::visual_studio
