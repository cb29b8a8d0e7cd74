#include "aggregates/orders/held.h"

#include <algorithm>

#include "aggregates/accounts/requirements.h"
#include "aggregates/orders/terms.h"

namespace ledger::orders {
namespace {

// The newest of its chain; null: none of that kind and that area is held.
const fb::OrderT* find_held(const PartnerState& state, fb::OfferKind kind,
                            std::string_view competency, const Context& context, Ending ending) {
    for (const fb::OrderT& order : state.orders) {
        if (order.kind != kind || order.competency != competency) continue;
        if (std::find(ending.begin(), ending.end(), order.id) != ending.end()) continue;
        if (is_held(order, context.today, context.policies)) return &head_of(state, order);
    }
    return nullptr;
}

// The earliest day on which it would be taken. Where what is recorded of a competency doesn't serve
// any more by then, there is no such day.
Refusal held(Refusal refusal, const PartnerState& state, const fb::OrderT& order,
             const Context& context) {
    const auto until = held_until(order, context);
    if (until && (!is_competency(order.kind) ||
                  accounts::requirements_met_since(state, order.competency,
                                                   accounts::requirements_asked_since(*until))))
        refusal.earliest = until;
    return refusal;
}

}  // namespace

std::optional<Date> held_until(const fb::OrderT& held, const Context& context) {
    if (held.pay_by != 0) return lapses_on(held);
    if (held.automatic_renewal || awaits_charge(held)) return std::nullopt;
    return plus_days(window_closes(held, context.policies), 1);
}

std::optional<Refusal> refuse_held(const PartnerState& state, fb::OfferKind kind,
                                   std::string_view competency, const Context& context,
                                   Ending ending) {
    switch (kind) {
        case fb::OfferKind::learning_action_pack:
            return std::nullopt;
        case fb::OfferKind::action_pack:
            if (const auto* pack = find_held(state, kind, {}, context, ending))
                return held(refuse(say::OfferAlreadyHeld{.order = pack->id}), state, *pack,
                            context);
            return std::nullopt;
        case fb::OfferKind::silver:
            if (const auto* gold =
                    find_held(state, fb::OfferKind::gold, competency, context, ending))
                return held(refuse(say::OfferGoldHeld{.order = gold->id, .competency = competency}),
                            state, *gold, context);
            break;
        case fb::OfferKind::gold:
            break;
    }
    const auto* same = find_held(state, kind, competency, context, ending);
    if (!same) return std::nullopt;
    return held(
        refuse(say::OfferAlreadyHeldCompetency{.order = same->id, .competency = competency}), state,
        *same, context);
}

}  // namespace ledger::orders
