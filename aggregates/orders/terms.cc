#include "aggregates/orders/terms.h"

#include <algorithm>

namespace ledger::orders {

Date anniversary_of(Date first_purchase, int years) { return plus_years(first_purchase, years); }

Date window_opens(const fb::OrderT& order) { return plus_days(Date{order.anniversary}, 1); }

Date window_closes(const fb::OrderT& order, const fb::PolicyVersionT& policy) {
    return plus_days(Date{order.anniversary}, policy.renewal_window_days);
}

Term term_of(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy) {
    if (today < window_opens(order)) return Term::active;
    if (today <= window_closes(order, policy)) return Term::in_window;
    return Term::expired;
}

bool is_open(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy) {
    return term_of(order, today, policy) != Term::expired;
}

bool is_read_only(const PartnerState& state, Date today, const fb::PolicyVersionT& policy) {
    return !state.orders.empty() &&
           std::none_of(state.orders.begin(), state.orders.end(),
                        [&](const fb::OrderT& order) { return is_open(order, today, policy); });
}

std::optional<Refusal> refuse_read_only(const PartnerState& state, const Context& context) {
    if (!is_read_only(state, context.today, context.policy)) return std::nullopt;
    return refuse(RefusalCode::membership_read_only);
}

const fb::OrderT* find_order(const PartnerState& state, std::string_view id) {
    for (const fb::OrderT& order : state.orders)
        if (order.id == id) return &order;
    return nullptr;
}

fb::OrderT* find_order(PartnerState& state, std::string_view id) {
    for (fb::OrderT& order : state.orders)
        if (order.id == id) return &order;
    return nullptr;
}

}  // namespace ledger::orders
