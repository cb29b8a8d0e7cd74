#include "aggregates/orders/automatic_renewal.h"

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

// The order whose automatic renewal changes, or why it can't.
struct Change {
    const fb::OrderT* order = nullptr;
    std::optional<Refusal> refusal;
};

Change change_of(const PartnerState& state, std::string_view id, const Context& context) {
    if (auto refusal = require_user(state, context, "OFF-04")) return {nullptr, std::move(refusal)};
    if (auto refusal = refuse_read_only(state, context)) return {nullptr, std::move(refusal)};
    const fb::OrderT* order = find_order(state, id);
    if (!order) return {nullptr, refuse(say::OrderUnknown{})};
    if (term_of(*order, context.today, context.policies) == Term::waiting) return {order, {}};
    return {order, refuse_without_term(*order, context)};
}

}  // namespace

Decision decide(const PartnerState& state, const fb::TurnAutomaticRenewalOff& asked,
                const Context& context) {
    Change change = change_of(state, text_of(asked.order()), context);
    if (change.refusal) return *std::move(change.refusal);
    if (!change.order->automatic_renewal) return nothing(say::AutomaticRenewalOffAlready{});
    fb::AutomaticRenewalTurnedOffT off;
    off.order = change.order->id;
    off.on = context.today.days;
    return accept(std::move(off));
}

Decision decide(const PartnerState& state, const fb::TurnAutomaticRenewalOn& asked,
                const Context& context) {
    Change change = change_of(state, text_of(asked.order()), context);
    if (change.refusal) return *std::move(change.refusal);
    if (change.order->automatic_renewal) return nothing(say::AutomaticRenewalOnAlready{});
    if (!change.order->renews_automatically) return refuse(say::AutomaticRenewalNotOffered{});
    return refuse(say::AutomaticRenewalOnlyByRenewal{});
}

void evolve(PartnerState& state, const fb::AutomaticRenewalTurnedOff& happened) {
    fb::OrderT* order = find_order(state, text_of(happened.order()));
    if (!order) return;
    order->automatic_renewal = false;
    order->automatic_off = happened.on();
}

}  // namespace ledger::orders
