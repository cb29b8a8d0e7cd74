#include "aggregates/renewals/succession.h"

#include "aggregates/orders/terms.h"

namespace ledger::renewals {

void succeed(PartnerState& state, const fb::OrderT& order, Date on) {
    if (fb::OrderT* old = orders::find_order(state, order.renews)) {
        old->renewed_by = order.id;
        old->renewal_order.clear();
    }
    if (fb::OrderT* old = orders::find_order(state, order.replaces)) {
        old->replaced = on.days;
        old->replaced_by = order.id;
    }
}

void step_back(PartnerState& state, const fb::OrderT& order) {
    if (fb::OrderT* old = orders::find_order(state, order.renews))
        if (old->renewed_by == order.id) old->renewed_by.clear();
    // That it was upgraded once stays: its fee is not refunded any more.
    if (fb::OrderT* old = orders::find_order(state, order.replaces))
        if (old->replaced_by == order.id) old->replaced = 0;
}

}  // namespace ledger::renewals
