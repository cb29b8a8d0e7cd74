#include "aggregates/orders/purchase.h"

#include <algorithm>

#include "aggregates/accounts/registration.h"
#include "aggregates/accounts/requirements.h"
#include "aggregates/accounts/vetting.h"
#include "aggregates/catalogue/catalogue.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/held.h"
#include "aggregates/orders/opened_order.h"
#include "aggregates/orders/order_form.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/policy/first_day.h"
#include "aggregates/row_size.h"
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
        return refuse_held(state, offer.kind, competency, context);
    }
    if (offer.kind != fb::OfferKind::action_pack) return std::nullopt;
    if (auto refusal = refuse_held(state, offer.kind, {}, context)) return refusal;
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

// What both events say of automatic renewal.
template <typename Event>
fb::OrderT order_of(const Event& happened) {
    fb::OrderT order = opened_order(happened);
    order.renews_automatically = happened.automatic_renewal();
    order.automatic_renewal = happened.automatic_renewal();
    return order;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::PurchaseOffer& asked, const Context& context) {
    if (auto refusal = refuse_buyer(state, context)) return *std::move(refusal);
    const fb::OfferT* offer = catalogue::find_offer(context.catalogue, text_of(asked.offer()));
    if (!offer) return refuse(say::OfferUnknown{});
    if (is_order_id_taken(state, text_of(asked.order()))) return refuse(say::OrderExists{});
    const std::string_view competency = text_of(asked.competency());
    if (auto refusal = refuse_area(competency, *offer, context)) return *std::move(refusal);
    if (auto refusal = refuse_order_form(form_of(asked, asked.charge()), context.today))
        return *std::move(refusal);
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
    order.renews = text_of(happened.renews());
    order.replaces = text_of(happened.replaces());
    order.ticket = text_of(happened.ticket());
    order.requirements_waived = happened.requirements_waived();
    state.orders.push_back(std::move(order));
}

}  // namespace ledger::orders
