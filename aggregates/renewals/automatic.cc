#include "aggregates/renewals/automatic.h"

#include <utility>

#include "aggregates/orders/charge.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/renewals/renewed.h"
#include "aggregates/renewals/standing.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::renewals {
namespace {

constexpr std::string_view kNoCard = "it was paid by bank transfer, so there is no card to charge";

bool has_had_its_charge(const fb::OrderT& order) {
    return order.charge_ordered != 0 || order.charge_failed != 0 || !order.renewed_by.empty();
}

// It is, or was, to be renewed or upgraded by hand, for money that was to come.
bool is_followed_by_hand(const PartnerState& state, const fb::OrderT& order) {
    for (const fb::OrderT& other : state.orders)
        if ((other.renews == order.id || other.replaces == order.id) && other.withdrawn == 0 &&
            other.cancelled == 0)
            return true;
    return false;
}

// A charge for its renewal is ordered on its anniversary, or was to be.
bool renews_by_itself(const PartnerState& state, const fb::OrderT& order) {
    if (!order.renews_automatically || order.start == 0) return false;
    if (order.cancelled != 0 || order.replaced != 0 || has_had_its_charge(order)) return false;
    if (!order.automatic_renewal && order.automatic_off < order.anniversary) return false;
    return !is_followed_by_hand(state, order);
}

Refusal not_due(const fb::OrderT& order) {
    const Date due{order.anniversary};
    Refusal refusal = refuse(say::RenewalNotDue{.order = order.id, .due = due});
    refusal.earliest = due;
    return refusal;
}

std::string new_order_of(const PartnerState& state, const fb::OrderT& order) {
    const std::string name = "renewal-" + to_string(Date{order.anniversary});
    for (int number = 2;; ++number) {
        const std::string id = number == 2 ? name : name + '.' + std::to_string(number - 1);
        if (!orders::is_order_id_taken(state, id)) return id;
    }
}

// What the renewal grants. One that was ordered while the offer was sold grants what the order did,
// should the offer have gone meanwhile.
orders::Granted granted_for(const PartnerState& state, const fb::OrderT& order,
                            const Context& context) {
    if (const fb::OfferT* offer = offer_sold(order, context))
        return orders::grants_of(state, *offer, order.competency, context, {&order.id, 1});
    orders::Granted granted;
    for (const fb::BenefitT& benefit : order.benefits) {
        fb::GrantT& grant = granted.grants.emplace_back();
        grant.sku = benefit.sku;
        grant.title = benefit.title;
        grant.kind = benefit.kind;
        grant.unit = benefit.unit;
        grant.quantity = benefit.granted;
        grant.unlimited = benefit.unlimited;
        grant.on_premises = benefit.on_premises;
    }
    return granted;
}

Decision renew(const PartnerState& state, const fb::OrderT& order, std::string_view detail,
               const Context& context) {
    orders::Granted granted = granted_for(state, order, context);
    if (auto refusal = refuse_no_room(state, order_max_bytes(granted.grants)))
        return *std::move(refusal);
    Renewing how;
    how.new_order = order.renewal_order;
    how.payment = fb::PaymentMethod::card;
    how.amount = order.charge_amount;
    how.currency = order.charge_currency;
    how.automatic = true;
    how.automatic_renewal = order.automatic_renewal;
    fb::OfferRenewedT event = renewed(state, order, how, std::move(granted), context);
    event.detail = detail;
    return accept(std::move(event));
}

fb::RenewalChargeFailedT failed(const fb::OrderT& order, std::string_view detail, Date today) {
    fb::RenewalChargeFailedT event;
    event.order = order.id;
    event.new_order = order.renewal_order;
    event.detail = detail;
    event.on = today.days;
    event.charge = orders::charge_of(order);
    return event;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::OrderRenewalCharge& asked,
                const Context& context) {
    if (auto refusal = require_system(context)) return *std::move(refusal);
    const fb::OrderT* order = orders::find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    if (!renews_by_itself(state, *order)) return nothing(say::RenewalNoChargeToOrder{});
    if (context.today < Date{order->anniversary}) return not_due(*order);
    const Date closes = orders::window_closes(*order, context.policies);
    if (closes < context.today)
        return refuse(say::RenewalWindowClosed{.order = order->id, .until = closes});
    const fb::OfferT* offer = offer_sold(*order, context);
    if (!offer) return refuse(say::OfferRetired{});
    if (order->payment != fb::PaymentMethod::card)
        return accept(failed(*order, kNoCard, context.today));
    if (auto refusal = refuse_no_room(state, order_max_bytes(offer->grants)))
        return *std::move(refusal);
    fb::RenewalChargeOrderedT ordered;
    ordered.order = order->id;
    ordered.new_order = new_order_of(state, *order);
    ordered.charge = orders::charge_of(*order);
    ordered.due = order->anniversary;
    ordered.on = context.today.days;
    return accept(std::move(ordered));
}

Decision decide(const PartnerState& state, const fb::SettleRenewalCharge& asked,
                const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    const fb::OrderT* order = orders::find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    if (!orders::awaits_charge(*order))
        return refuse(say::RenewalNoChargePending{.order = order->id});
    if (auto refusal = orders::refuse_other_amount(*order, *asked.amount()))
        return *std::move(refusal);
    if (!asked.paid()) return accept(failed(*order, text_of(asked.detail()), context.today));
    return renew(state, *order, text_of(asked.detail()), context);
}

void evolve(PartnerState& state, const fb::RenewalChargeOrdered& happened) {
    fb::OrderT* order = orders::find_order(state, text_of(happened.order()));
    if (!order) return;
    order->charge_ordered = happened.on();
    order->renewal_order = happened.new_order()->str();
}

void evolve(PartnerState& state, const fb::RenewalChargeFailed& happened) {
    fb::OrderT* order = orders::find_order(state, text_of(happened.order()));
    if (!order) return;
    order->charge_failed = happened.on();
    order->renewal_order.clear();
}

std::optional<Date> charge_due(const PartnerState& state, const fb::OrderT& order) {
    return renews_by_itself(state, order) ? std::optional(Date{order.anniversary}) : std::nullopt;
}

fb::CommandBodyUnion charge_body(const std::string& order) {
    fb::OrderRenewalChargeT charge;
    charge.order = order;
    fb::CommandBodyUnion body;
    body.Set(std::move(charge));
    return body;
}

}  // namespace ledger::renewals
