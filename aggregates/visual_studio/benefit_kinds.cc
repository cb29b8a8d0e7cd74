#include "aggregates/visual_studio/benefit_kinds.h"

#include "aggregates/row_bytes.h"
#include "refusals_generated.h"

namespace ledger::visual_studio {

// A seat has its person and the one who had it last.
std::size_t seats_max_bytes(std::size_t quantity) {
    return quantity * (kTableExtraBytes + 2 * kNameMaxBytes);
}

std::vector<Said> seat_rules(const fb::PolicyVersionT& policy) {
    return {policy.seat_for_tenant_member ? tell(say::RuleSeatHolderTenant{})
                                          : tell(say::RuleSeatHolder{}),
            tell(say::RuleSeatPerson{}),
            policy.seat_move_days == 0
                ? tell(say::RuleSeatMove{})
                : tell(say::RuleSeatMoveAfter{.days = policy.seat_move_days}),
            tell(say::RuleSeatWindow{.days = policy.renewal_window_days})};
}

}  // namespace ledger::visual_studio
