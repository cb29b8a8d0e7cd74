#include "aggregates/coming.h"

#include "aggregates/calendar.h"
#include "aggregates/cloud/coming.h"
#include "aggregates/deadlines/coming.h"
#include "aggregates/orders/coming.h"
#include "aggregates/policy/coming.h"
#include "aggregates/refunds/standing.h"
#include "aggregates/visual_studio/coming.h"

namespace ledger {

std::vector<Coming> coming_for(const PartnerState& state, const LedgerState& ledger, Date today) {
    const Policies policies = policies_of(ledger);
    Calendar calendar(today);
    for (const fb::OrderT& order : state.orders) {
        refunds::add_coming(calendar, state, order, policies);
        orders::add_coming(calendar, order, policies);
        for (const fb::BenefitT& benefit : order.benefits) {
            visual_studio::add_coming(calendar, order, benefit, policies);
            cloud::add_coming(calendar, order, benefit, policies);
        }
    }
    deadlines::add_coming(calendar, state, policies);
    policy::add_coming(calendar, ledger);
    return calendar.soonest_first();
}

}  // namespace ledger
