#include "aggregates/orders/purchase.h"

#include <algorithm>

#include "aggregates/accounts/registration.h"
#include "aggregates/accounts/requirements.h"
#include "aggregates/accounts/vetting.h"
#include "aggregates/catalogue/catalogue.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/policy/first_day.h"
#include "aggregates/row_size.h"
#include "events/currency.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

// Who buys, and in what state the account is. A read-only one takes a purchase, as a new start.
std::optional<Refusal> refuse_buyer(const PartnerState& state, const Context& context) {
    if (auto refusal = require_user(state, context, "ACC-05")) return refusal;
    if (!accounts::is_contact_verified(state)) return refuse(say::MembershipNotActive{});
    if (auto refusal = accounts::refuse_not_vetted(state, context)) return refusal;
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

// Which area it is for, of a competency, and of that alone.
std::optional<Refusal> refuse_area(std::string_view competency, const fb::OfferT& offer,
                                   const Context& context) {
    if (!is_competency(offer.kind)) {
        if (competency.empty()) return std::nullopt;
        return refuse(say::CompetencyNotAskedFor{});
    }
    if (competency.empty()) return refuse(say::CompetencyMissing{});
    if (catalogue::find_competency(context.catalogue, competency)) return std::nullopt;
    return refuse(say::CompetencyUnknown{});
}

// The day after the window of one that runs, or after the days of payment of one that waits; none
// for one that renews by itself.
std::optional<Date> held_until(const fb::OrderT& held, const Context& context) {
    if (held.pay_by != 0) return lapses_on(held);
    if (held.automatic_renewal) return std::nullopt;
    return plus_days(window_closes(held, context.policies), 1);
}

// The newest of its chain; null: none of that kind and that area is held.
const fb::OrderT* find_held(const PartnerState& state, fb::OfferKind kind,
                            std::string_view competency, const Context& context) {
    for (const fb::OrderT& order : state.orders)
        if (order.kind == kind && order.competency == competency &&
            is_held(order, context.today, context.policies))
            return &head_of(state, order);
    return nullptr;
}

// What may not stand beside what the partner has of the same competency [MEM-01, MEM-12].
std::optional<Refusal> refuse_same_competency(const PartnerState& state, const fb::OfferT& offer,
                                              std::string_view competency, const Context& context) {
    const auto refused = [&](Refusal refusal, const fb::OrderT& held) {
        // Where what is recorded doesn't serve any more by then, there is no such day.
        if (const auto until = held_until(held, context);
            until && accounts::requirements_met_since(state, competency,
                                                      accounts::requirements_asked_since(*until)))
            refusal.earliest = until;
        return refusal;
    };
    if (offer.kind == fb::OfferKind::silver)
        if (const auto* gold = find_held(state, fb::OfferKind::gold, competency, context))
            return refused(refuse(say::OfferGoldHeld{.order = gold->id, .competency = competency}),
                           *gold);
    if (const auto* held = find_held(state, offer.kind, competency, context))
        return refused(
            refuse(say::OfferAlreadyHeldCompetency{.order = held->id, .competency = competency}),
            *held);
    return std::nullopt;
}

// An Action Pack beside a competency, before the policy allows it. Earliest: the day on which it
// does, or on which no competency is held any more.
std::optional<Refusal> refuse_beside_competency(const PartnerState& state, const Context& context) {
    if (context.policy.action_pack_beside_competency) return std::nullopt;
    std::optional<Date> free = context.today;
    for (const fb::OrderT& order : state.orders) {
        if (!is_competency(order.kind) || !is_held(order, context.today, context.policies))
            continue;
        const auto until = held_until(order, context);
        free = free && until ? std::optional(std::max(*free, *until)) : std::nullopt;
    }
    if (free == context.today) return std::nullopt;
    Refusal refusal = refuse(say::OfferBesideCompetency{});
    const auto allowed = policy::first_day(
        context.policies, context.today,
        [](const fb::PolicyVersionT& later) { return later.action_pack_beside_competency; });
    refusal.earliest = free && allowed ? std::min(*free, *allowed) : free ? free : allowed;
    return refusal;
}

// What may not stand beside what the partner has [OFF-02, MEM-01, MEM-12].
std::optional<Refusal> refuse_beside(const PartnerState& state, const fb::OfferT& offer,
                                     std::string_view competency, const Context& context) {
    if (is_competency(offer.kind)) {
        if (auto refusal = accounts::refuse_requirements_unmet(
                state, competency, accounts::requirements_asked_since(context.today)))
            return refusal;
        return refuse_same_competency(state, offer, competency, context);
    }
    if (offer.kind != fb::OfferKind::action_pack) return std::nullopt;
    if (const auto* held = find_held(state, offer.kind, {}, context)) {
        Refusal refusal = refuse(say::OfferAlreadyHeld{.order = held->id});
        refusal.earliest = held_until(*held, context);
        return refusal;
    }
    return refuse_beside_competency(state, context);
}

// What both events take from the command and the offer.
template <typename Event>
Event event_of(const fb::PurchaseOffer& asked, const fb::OfferT& offer, Granted& granted,
               const Context& context) {
    Event event;
    event.order = asked.order()->str();
    event.offer = offer.id;
    event.kind = offer.kind;
    event.charge.reset(asked.charge()->UnPack());
    event.automatic_renewal =
        offer.kind == fb::OfferKind::action_pack && context.policy.automatic_renewal_offered;
    event.grants = std::move(granted.grants);
    event.competency = text_of(asked.competency());
    event.core = granted.core.has;
    return event;
}

fb::OfferPurchasedT purchased(const fb::PurchaseOffer& asked, const fb::OfferT& offer,
                              Granted granted, const Context& context) {
    auto event = event_of<fb::OfferPurchasedT>(asked, offer, granted, context);
    event.core_from = std::move(granted.core.from);
    event.payment = asked.payment();
    event.start = context.today.days;
    event.anniversary = anniversary_of(context.today, 1).days;
    return event;
}

fb::OrderPlacedT placed(const fb::PurchaseOffer& asked, const fb::OfferT& offer, Granted granted,
                        const Context& context) {
    auto event = event_of<fb::OrderPlacedT>(asked, offer, granted, context);
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
    order.benefits = benefits_of(*happened.grants());
    order.competency = text_of(happened.competency());
    order.core = happened.core();
    return order;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::PurchaseOffer& asked, const Context& context) {
    if (auto refusal = refuse_buyer(state, context)) return *std::move(refusal);
    const fb::OfferT* offer = catalogue::find_offer(context.catalogue, text_of(asked.offer()));
    if (!offer) return refuse(say::OfferUnknown{});
    if (find_order(state, text_of(asked.order()))) return refuse(say::OrderExists{});
    const std::string_view competency = text_of(asked.competency());
    if (auto refusal = refuse_area(competency, *offer, context)) return *std::move(refusal);
    if (auto refusal = refuse_order_form(asked, context.today)) return *std::move(refusal);
    if (offer->retired) return refuse(say::OfferRetired{});
    if (auto refusal = refuse_beside(state, *offer, competency, context))
        return *std::move(refusal);
    Granted granted = grants_of(state, *offer, competency, context);
    if (auto refusal = refuse_no_room(state, order_max_bytes(granted.grants)))
        return *std::move(refusal);
    if (asked.payment() == fb::PaymentMethod::bank_transfer)
        return accept(placed(asked, *offer, std::move(granted), context));
    return accept(purchased(asked, *offer, std::move(granted), context));
}

void evolve(PartnerState& state, const fb::OfferPurchased& happened) {
    fb::OrderT order = order_of(happened);
    order.payment = happened.payment();
    order.purchased = happened.start();
    begin_term(order, Date{happened.start()}, Date{happened.start()}, Date{happened.anniversary()});
    state.orders.push_back(std::move(order));
    if (happened.core()) begin_core(state, text_of(happened.order()), true, happened.core_from());
}

void evolve(PartnerState& state, const fb::OrderPlaced& happened) {
    fb::OrderT order = order_of(happened);
    order.payment = fb::PaymentMethod::bank_transfer;
    order.purchased = happened.on();
    order.pay_by = happened.pay_by();
    state.orders.push_back(std::move(order));
}

}  // namespace ledger::orders
