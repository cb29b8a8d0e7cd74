#include "aggregates/orders/automatic_renewal.h"

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

std::optional<Refusal> refuse_change(const PartnerState& state, const Context& context) {
    if (auto refusal = require_user(state, context, "OFF-04", "Changing automatic renewal"))
        return refusal;
    return refuse_read_only(state, context);
}

}  // namespace

Decision decide(const PartnerState& state, const fb::TurnAutomaticRenewalOff& asked,
                const Context& context) {
    if (auto refusal = refuse_change(state, context)) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(RefusalCode::order_unknown);
    if (!order->automatic_renewal) return nothing("Automatic renewal of this order is off.");
    fb::AutomaticRenewalTurnedOffT off;
    off.order = order->id;
    return accept(std::move(off));
}

Decision decide(const PartnerState& state, const fb::TurnAutomaticRenewalOn& asked,
                const Context& context) {
    if (auto refusal = refuse_change(state, context)) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(RefusalCode::order_unknown);
    if (order->automatic_renewal) return nothing("Automatic renewal of this order is on.");
    if (!order->renews_automatically) return refuse(RefusalCode::automatic_renewal_not_offered);
    return refuse(RefusalCode::automatic_renewal_only_by_renewal);
}

void evolve(PartnerState& state, const fb::AutomaticRenewalTurnedOff& happened) {
    if (fb::OrderT* order = find_order(state, text_of(happened.order())))
        order->automatic_renewal = false;
}

}  // namespace ledger::orders
