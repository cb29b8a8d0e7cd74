#include "aggregates/orders/terms.h"

#include "aggregates/accounts/registration.h"

namespace ledger::orders {

Date anniversary_of(Date first_purchase, int years) { return plus_years(first_purchase, years); }

Date window_opens(const fb::OrderT& order) { return plus_days(Date{order.anniversary}, 1); }

Date window_closes(const fb::OrderT& order, const fb::PolicyVersionT& policy) {
    return plus_days(Date{order.anniversary}, policy.renewal_window_days);
}

Date lapses_on(const fb::OrderT& order) { return plus_days(Date{order.pay_by}, 1); }

Term term_of(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy) {
    if (order.cancelled != 0) return Term::cancelled;
    if (order.withdrawn != 0) return Term::withdrawn;
    if (order.pay_by != 0) return today < lapses_on(order) ? Term::waiting : Term::lapsed;
    if (today < window_opens(order)) return Term::active;
    if (today <= window_closes(order, policy)) return Term::in_window;
    return Term::expired;
}

std::int32_t days_left(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy) {
    const auto through = [&](Date last) { return last.days - today.days + 1; };
    switch (term_of(order, today, policy)) {
        case Term::active:
            return through(Date{order.anniversary});
        case Term::in_window:
            return through(window_closes(order, policy));
        case Term::waiting:
            return through(Date{order.pay_by});
        case Term::lapsed:
        case Term::withdrawn:
        case Term::expired:
        case Term::cancelled:
            return 0;
    }
    return 0;
}

bool has_begun(Term term) {
    switch (term) {
        case Term::active:
        case Term::in_window:
        case Term::expired:
            return true;
        case Term::waiting:
        case Term::lapsed:
        case Term::withdrawn:
        case Term::cancelled:
            return false;
    }
    return false;
}

void begin_term(fb::OrderT& order, Date start, Date anniversary) {
    order.start = start.days;
    order.anniversary = anniversary.days;
    for (fb::BenefitT& benefit : order.benefits) benefit.expiry = anniversary.days;
}

bool is_open(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy) {
    const Term term = term_of(order, today, policy);
    return term == Term::active || term == Term::in_window;
}

bool is_held(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy) {
    return is_open(order, today, policy) || term_of(order, today, policy) == Term::waiting;
}

bool is_read_only(const PartnerState& state, Date today, const fb::PolicyVersionT& policy) {
    bool expired = false;
    for (const fb::OrderT& order : state.orders) {
        if (is_open(order, today, policy)) return false;
        if (term_of(order, today, policy) == Term::expired) expired = true;
    }
    return expired;
}

fb::Membership membership_of(const PartnerState& state, Date today,
                             const fb::PolicyVersionT& policy) {
    if (is_read_only(state, today, policy)) return fb::Membership::read_only;
    return accounts::is_contact_verified(state) ? fb::Membership::active
                                                : fb::Membership::unverified;
}

std::optional<Refusal> refuse_read_only(const PartnerState& state, const Context& context) {
    if (!is_read_only(state, context.today, context.policy)) return std::nullopt;
    return refuse(say::MembershipReadOnly{});
}

std::optional<Refusal> refuse_without_term(const fb::OrderT& order, const Context& context) {
    switch (term_of(order, context.today, context.policy)) {
        case Term::waiting:
            return refuse(
                say::OrderWaitingForPayment{.order = order.id, .until = Date{order.pay_by}});
        case Term::lapsed:
            return refuse(say::OrderLapsed{.order = order.id, .until = Date{order.pay_by}});
        case Term::withdrawn:
            return refuse(say::OrderWithdrawn{.order = order.id, .on = Date{order.withdrawn}});
        case Term::cancelled:
            return refuse(say::OrderCancelled{.order = order.id, .on = Date{order.cancelled}});
        case Term::active:
        case Term::in_window:
        case Term::expired:
            return std::nullopt;
    }
    return std::nullopt;
}

Refusal refuse_not_waiting(const fb::OrderT& order) {
    return refuse(say::OrderNotWaiting{.order = order.id, .paid = Date{order.purchased}});
}

std::optional<Refusal> refuse_unusable(const fb::OrderT& order, const Context& context) {
    if (auto refusal = refuse_without_term(order, context)) return refusal;
    if (is_open(order, context.today, context.policy)) return std::nullopt;
    return refuse(say::BenefitExpired{});
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
