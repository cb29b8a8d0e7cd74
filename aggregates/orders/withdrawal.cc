#include "aggregates/orders/withdrawal.h"

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {

Decision decide(const PartnerState& state, const fb::WithdrawOrder& asked, const Context& context) {
    if (auto refusal = require_user(state, context, "ACC-05")) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    const Term term = term_of(*order, context.today, context.policies);
    if (term == Term::withdrawn) return nothing(say::OrderWithdrawnAlready{});
    if (term != Term::waiting) {
        if (auto refusal = refuse_without_term(*order, context)) return *std::move(refusal);
        return refuse_not_waiting(*order);
    }
    fb::OrderWithdrawnT withdrawn;
    withdrawn.order = order->id;
    withdrawn.on = context.today.days;
    return accept(std::move(withdrawn));
}

void evolve(PartnerState& state, const fb::OrderWithdrawn& happened) {
    fb::OrderT* order = find_order(state, text_of(happened.order()));
    if (!order) return;
    order->withdrawn = happened.on();
    order->automatic_renewal = false;
}

}  // namespace ledger::orders
