#include "aggregates/renewals/renewed.h"

#include <algorithm>
#include <utility>

#include "aggregates/orders/terms.h"
#include "aggregates/renewals/carry.h"

namespace ledger::renewals {
namespace {

// What both events take from the order and the command.
template <typename Event>
Event event_of(const fb::OrderT& order, const Renewing& how, orders::Granted& granted) {
    Event event;
    event.order = how.new_order;
    event.renews = order.id;
    event.offer = order.offer;
    event.kind = order.kind;
    event.competency = order.competency;
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->amount = how.amount;
    event.charge->currency = how.currency;
    event.automatic_renewal = how.automatic_renewal;
    event.requirements_waived = how.requirements_waived;
    event.ticket = how.ticket;
    event.core = granted.core.has;
    event.grants = std::move(granted.grants);
    return event;
}

}  // namespace

RenewedTerm renewed_term(const fb::OrderT& order, bool by_ticket, Date paid) {
    if (by_ticket) return {paid, paid, orders::anniversary_of(paid, 1)};
    return {Date{order.first}, Date{order.anniversary}, orders::next_anniversary(order)};
}

fb::OfferRenewedT renewed(const PartnerState& state, const fb::OrderT& order, const Renewing& how,
                          orders::Granted granted, const Context& context) {
    auto event = event_of<fb::OfferRenewedT>(order, how, granted);
    event.payment = how.payment;
    event.on = context.today.days;
    const RenewedTerm term = renewed_term(order, !how.ticket.empty(), context.today);
    event.first = term.first.days;
    event.start = term.start.days;
    event.anniversary = term.anniversary.days;
    event.automatic = how.automatic;
    event.carried = carried(state, order, event.grants, context);
    event.core_from = std::move(granted.core.from);
    return event;
}

fb::OrderPlacedT placed_renewal(const fb::OrderT& order, const Renewing& how,
                                orders::Granted granted, const Context& context) {
    auto event = event_of<fb::OrderPlacedT>(order, how, granted);
    event.on = context.today.days;
    Date pay_by = plus_days(context.today, context.policy.payment_days - 1);
    if (how.ticket.empty())
        pay_by = std::min(pay_by, orders::window_closes(order, context.policies));
    event.pay_by = pay_by.days;
    return event;
}

}  // namespace ledger::renewals
