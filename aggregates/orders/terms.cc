#include "aggregates/orders/terms.h"

#include "aggregates/accounts/registration.h"
#include "aggregates/accounts/vetting.h"

namespace ledger::orders {

Date anniversary_of(Date first_purchase, int years) { return plus_years(first_purchase, years); }

Date next_anniversary(const fb::OrderT& order) {
    const Date first{order.first};
    return anniversary_of(first, year_of(Date{order.anniversary}) - year_of(first) + 1);
}

Date window_opens(const fb::OrderT& order) { return plus_days(Date{order.anniversary}, 1); }

Date window_closes(const fb::OrderT& order, const Policies& policies) {
    return plus_days(Date{order.anniversary}, policies.on(window_opens(order)).renewal_window_days);
}

Date lapses_on(const fb::OrderT& order) { return plus_days(Date{order.pay_by}, 1); }

bool is_waiting(const fb::OrderT& order, Date today) {
    return order.pay_by != 0 && order.cancelled == 0 && order.withdrawn == 0 &&
           today < lapses_on(order);
}

Term term_of(const fb::OrderT& order, Date today, const Policies& policies) {
    if (order.cancelled != 0) return Term::cancelled;
    if (order.withdrawn != 0) return Term::withdrawn;
    if (order.replaced != 0) return Term::replaced;
    if (order.pay_by != 0) return today < lapses_on(order) ? Term::waiting : Term::lapsed;
    if (today < window_opens(order)) return Term::active;
    if (!order.renewed_by.empty()) return Term::renewed;
    if (today <= window_closes(order, policies)) return Term::in_window;
    return Term::expired;
}

std::int32_t days_left(const fb::OrderT& order, Date today, const Policies& policies) {
    const auto through = [&](Date last) { return last.days - today.days + 1; };
    switch (term_of(order, today, policies)) {
        case Term::active:
            return through(Date{order.anniversary});
        case Term::in_window:
            return through(window_closes(order, policies));
        case Term::waiting:
            return through(Date{order.pay_by});
        case Term::lapsed:
        case Term::withdrawn:
        case Term::expired:
        case Term::cancelled:
        case Term::renewed:
        case Term::replaced:
            return 0;
    }
    return 0;
}

bool has_begun(Term term) {
    switch (term) {
        case Term::active:
        case Term::in_window:
        case Term::expired:
        case Term::renewed:
            return true;
        case Term::waiting:
        case Term::lapsed:
        case Term::withdrawn:
        case Term::cancelled:
        case Term::replaced:
            return false;
    }
    return false;
}

void begin_term(fb::OrderT& order, Date first, Date start, Date anniversary) {
    order.first = first.days;
    order.start = start.days;
    order.anniversary = anniversary.days;
    for (fb::BenefitT& benefit : order.benefits) benefit.expiry = anniversary.days;
}

bool is_open(const fb::OrderT& order, Date today, const Policies& policies) {
    const Term term = term_of(order, today, policies);
    return term == Term::active || term == Term::in_window;
}

bool awaits_charge(const fb::OrderT& order) { return !order.renewal_order.empty(); }

bool is_held(const fb::OrderT& order, Date today, const Policies& policies) {
    if (order.cancelled != 0 || order.replaced != 0) return false;
    return is_open(order, today, policies) || awaits_charge(order) ||
           term_of(order, today, policies) == Term::waiting;
}

const fb::OrderT& head_of(const PartnerState& state, const fb::OrderT& order) {
    const fb::OrderT* head = &order;
    // A chain is as long as there are orders at the most, whatever the rows say.
    for (std::size_t steps = 0; steps < state.orders.size() && !head->renewed_by.empty(); ++steps) {
        const fb::OrderT* next = find_order(state, head->renewed_by);
        if (!next) break;
        head = next;
    }
    return *head;
}

bool is_in_force(const PartnerState& state, const fb::OrderT& order, Date today,
                 const Policies& policies) {
    return is_open(order, today, policies) || is_open(head_of(state, order), today, policies);
}

bool is_read_only(const PartnerState& state, Date today, const Policies& policies) {
    bool expired = false;
    for (const fb::OrderT& order : state.orders) {
        if (is_open(order, today, policies)) return false;
        if (term_of(order, today, policies) == Term::expired) expired = true;
    }
    return expired;
}

fb::Membership membership_of(const PartnerState& state, Date today, const Policies& policies) {
    if (is_read_only(state, today, policies)) return fb::Membership::read_only;
    if (!accounts::is_contact_verified(state)) return fb::Membership::unverified;
    return accounts::is_vetted(state, today, policies) ? fb::Membership::active
                                                       : fb::Membership::not_vetted;
}

std::optional<Refusal> refuse_read_only(const PartnerState& state, const Context& context) {
    if (!is_read_only(state, context.today, context.policies)) return std::nullopt;
    return refuse(say::MembershipReadOnly{});
}

std::optional<Refusal> refuse_without_term(const fb::OrderT& order, const Context& context) {
    switch (term_of(order, context.today, context.policies)) {
        case Term::waiting:
            return refuse(
                say::OrderWaitingForPayment{.order = order.id, .until = Date{order.pay_by}});
        case Term::lapsed:
            return refuse(say::OrderLapsed{.order = order.id, .until = Date{order.pay_by}});
        case Term::withdrawn:
            return refuse(say::OrderWithdrawn{.order = order.id, .on = Date{order.withdrawn}});
        case Term::cancelled:
            return refuse(say::OrderCancelled{.order = order.id, .on = Date{order.cancelled}});
        case Term::replaced:
            return refuse(say::OrderReplaced{
                .order = order.id, .on = Date{order.replaced}, .by = order.replaced_by});
        case Term::active:
        case Term::in_window:
        case Term::expired:
        case Term::renewed:
            return std::nullopt;
    }
    return std::nullopt;
}

Refusal refuse_not_waiting(const fb::OrderT& order) {
    return refuse(say::OrderNotWaiting{.order = order.id, .paid = Date{order.purchased}});
}

std::optional<Refusal> refuse_unusable(const PartnerState& state, const fb::OrderT& order,
                                       const Context& context) {
    if (auto refusal = refuse_without_term(order, context)) return refusal;
    if (is_in_force(state, order, context.today, context.policies)) return std::nullopt;
    return refuse(say::BenefitExpired{});
}

std::optional<Refusal> refuse_renewed(const PartnerState& state, const fb::OrderT& order) {
    if (order.renewed_by.empty()) return std::nullopt;
    return refuse(say::OrderRenewed{.order = order.id, .by = head_of(state, order).id});
}

bool is_order_id_taken(const PartnerState& state, std::string_view id) {
    for (const fb::OrderT& order : state.orders)
        if (order.id == id || order.renewal_order == id) return true;
    return false;
}

const fb::OrderT* waiting_successor(const PartnerState& state, const fb::OrderT& order,
                                    Date today) {
    for (const fb::OrderT& other : state.orders)
        if ((other.renews == order.id || other.replaces == order.id) && is_waiting(other, today))
            return &other;
    return nullptr;
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
