#include "aggregates/orders/purchase.h"

#include "aggregates/accounts/registration.h"
#include "aggregates/catalogue/catalogue.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/row_size.h"
#include "events/currency.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

bool is_competency(fb::OfferKind kind) {
    switch (kind) {
        case fb::OfferKind::silver:
        case fb::OfferKind::gold:
            return true;
        case fb::OfferKind::action_pack:
        case fb::OfferKind::learning_action_pack:
            return false;
    }
    return false;
}

// Who buys, and in what state the account is.
std::optional<Refusal> refuse_buyer(const PartnerState& state, const Context& context) {
    if (auto refusal = require_user(state, context, "ACC-05")) return refusal;
    if (auto refusal = refuse_read_only(state, context)) return refusal;
    if (!accounts::is_contact_verified(state)) return refuse(say::MembershipNotActive{});
    if (state.agreement.empty()) return refuse(say::AgreementMissing{});
    return std::nullopt;
}

// What every order must bring [OFF-01].
std::optional<Refusal> refuse_order_form(const fb::PurchaseOffer& asked, Date today) {
    if (!asked.terms_accepted()) return refuse(say::PurchaseTermsNotAccepted{});
    if (asked.payment() == fb::PaymentMethod::none) return refuse(say::PurchaseNoPaymentMethod{});
    if (!asked.confirmed()) return refuse(say::PurchaseNotConfirmed{});
    if (asked.charge()->amount() <= 0) return refuse(say::PurchaseChargeInvalid{});
    if (!is_in_use(text_of(asked.charge()->currency()), today))
        return refuse(say::PurchaseCurrencyInvalid{});
    return std::nullopt;
}

// Through the window of one that runs, or the days of payment of one that waits.
Refusal already_held(const PartnerState& state, const fb::OrderT& held, const Context& context) {
    Refusal refusal = refuse(say::OfferAlreadyHeld{.order = held.id});
    const bool waits = held.pay_by != 0;
    const Date after = waits ? lapses_on(held) : plus_days(window_closes(held, context.policies), 1);
    if ((waits || !held.automatic_renewal) && !is_read_only(state, after, context.policies))
        refusal.earliest = after;
    return refusal;
}

// What may not stand beside what the partner has [OFF-02].
std::optional<Refusal> refuse_beside(const PartnerState& state, const fb::OfferT& offer,
                                     const Context& context) {
    if (offer.kind != fb::OfferKind::action_pack) return std::nullopt;
    for (const fb::OrderT& order : state.orders)
        if (order.kind == fb::OfferKind::action_pack &&
            is_held(order, context.today, context.policies))
            return already_held(state, order, context);
    if (context.policy.action_pack_beside_competency) return std::nullopt;
    for (const fb::OrderT& order : state.orders)
        if (is_competency(order.kind) && is_held(order, context.today, context.policies))
            return refuse(say::OfferBesideCompetency{});
    return std::nullopt;
}

// What both events take from the command and the offer.
template <typename Event>
Event event_of(const fb::PurchaseOffer& asked, const fb::OfferT& offer, const Context& context) {
    Event event;
    event.order = asked.order()->str();
    event.offer = offer.id;
    event.kind = offer.kind;
    event.charge.reset(asked.charge()->UnPack());
    event.automatic_renewal =
        offer.kind == fb::OfferKind::action_pack && context.policy.automatic_renewal_offered;
    event.grants = offer.grants;
    return event;
}

fb::OfferPurchasedT purchased(const fb::PurchaseOffer& asked, const fb::OfferT& offer,
                              const Context& context) {
    auto event = event_of<fb::OfferPurchasedT>(asked, offer, context);
    event.payment = asked.payment();
    event.start = context.today.days;
    event.anniversary = anniversary_of(context.today, 1).days;
    return event;
}

fb::OrderPlacedT placed(const fb::PurchaseOffer& asked, const fb::OfferT& offer,
                        const Context& context) {
    auto event = event_of<fb::OrderPlacedT>(asked, offer, context);
    event.on = context.today.days;
    event.pay_by = plus_days(context.today, context.policy.payment_days - 1).days;
    return event;
}

// What both events say of an order. Its term stays empty.
template <typename Event>
fb::OrderT order_of(const Event& happened) {
    fb::OrderT order;
    order.id = happened.order()->str();
    order.offer = happened.offer()->str();
    order.kind = happened.kind();
    order.charge_amount = happened.charge()->amount();
    order.charge_currency = happened.charge()->currency()->str();
    order.renews_automatically = happened.automatic_renewal();
    order.automatic_renewal = happened.automatic_renewal();
    order.benefits.reserve(happened.grants()->size());
    for (const fb::Grant* grant : *happened.grants()) {
        fb::BenefitT benefit;
        benefit.sku = grant->sku()->str();
        benefit.title = grant->title()->str();
        benefit.kind = grant->kind();
        benefit.unit = grant->unit();
        benefit.granted = grant->quantity();
        benefit.unlimited = grant->unlimited();
        benefit.on_premises = grant->on_premises();
        benefit.core = grant->core();
        order.benefits.push_back(std::move(benefit));
    }
    return order;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::PurchaseOffer& asked, const Context& context) {
    if (auto refusal = refuse_buyer(state, context)) return *std::move(refusal);
    const fb::OfferT* offer = catalogue::find_offer(context.catalogue, text_of(asked.offer()));
    if (!offer) return refuse(say::OfferUnknown{});
    if (find_order(state, text_of(asked.order()))) return refuse(say::OrderExists{});
    if (auto refusal = refuse_order_form(asked, context.today)) return *std::move(refusal);
    if (offer->retired) return refuse(say::OfferRetired{});
    // Nothing records a competency's requirements, so none is ever met.
    if (is_competency(offer->kind)) return refuse(say::OfferRequirementsUnmet{});
    if (auto refusal = refuse_beside(state, *offer, context)) return *std::move(refusal);
    if (auto refusal = refuse_no_room(state, order_max_bytes(*offer))) return *std::move(refusal);
    if (asked.payment() == fb::PaymentMethod::bank_transfer)
        return accept(placed(asked, *offer, context));
    return accept(purchased(asked, *offer, context));
}

void evolve(PartnerState& state, const fb::OfferPurchased& happened) {
    fb::OrderT order = order_of(happened);
    order.payment = happened.payment();
    order.purchased = happened.start();
    begin_term(order, Date{happened.start()}, Date{happened.start()}, Date{happened.anniversary()});
    state.orders.push_back(std::move(order));
}

void evolve(PartnerState& state, const fb::OrderPlaced& happened) {
    fb::OrderT order = order_of(happened);
    order.payment = fb::PaymentMethod::bank_transfer;
    order.purchased = happened.on();
    order.pay_by = happened.pay_by();
    state.orders.push_back(std::move(order));
}

}  // namespace ledger::orders
