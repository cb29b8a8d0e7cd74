#include "aggregates/renewals/upgrade.h"

#include <utility>

#include "aggregates/accounts/requirements.h"
#include "aggregates/catalogue/catalogue.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/held.h"
#include "aggregates/orders/opened_order.h"
#include "aggregates/orders/order_form.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/renewals/carry.h"
#include "aggregates/renewals/standing.h"
#include "aggregates/renewals/succession.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::renewals {
namespace {

std::optional<Refusal> refuse_buyer(const PartnerState& state, const Context& context) {
    if (auto refusal = require_user(state, context, "ACC-05")) return refusal;
    if (auto refusal = orders::refuse_read_only(state, context)) return refusal;
    if (state.agreement.empty()) return refuse(say::AgreementMissing{});
    return std::nullopt;
}

// Whether it is from silver to gold of the same area.
std::optional<Refusal> refuse_step(const fb::UpgradeOrder& asked, const fb::OrderT& order,
                                   const fb::OfferT& offer) {
    if (order.kind != fb::OfferKind::silver || offer.kind != fb::OfferKind::gold)
        return refuse(say::UpgradeNotSilverToGold{});
    if (asked.competency() && text_of(asked.competency()) != order.competency)
        return refuse(
            say::UpgradeOtherCompetency{.order = order.id, .competency = order.competency});
    return std::nullopt;
}

// From order.exists to offer.requirements-unmet.
std::optional<Refusal> refuse_asked(const PartnerState& state, const fb::UpgradeOrder& asked,
                                    const fb::OrderT& order, const fb::OfferT& offer,
                                    const Context& context) {
    if (orders::is_order_id_taken(state, text_of(asked.new_order())))
        return refuse(say::OrderExists{});
    if (auto refusal =
            orders::refuse_order_form(orders::form_of(asked, asked.list()), context.today))
        return refusal;
    if (auto refusal = refuse_without_end(state, order, context)) return refusal;
    if (auto refusal = refuse_step(asked, order, offer)) return refusal;
    if (auto refusal = refuse_followed(state, order)) return refusal;
    if (offer.retired || !catalogue::find_competency(context.catalogue, order.competency))
        return refuse(say::OfferRetired{});
    if (!orders::is_open(order, context.today, context.policies))
        return refuse(say::BenefitExpired{});
    if (auto refusal =
            orders::refuse_held(state, offer.kind, order.competency, context, {&order.id, 1}))
        return refusal;
    return accounts::refuse_requirements_unmet(state, order.competency,
                                               accounts::requirements_asked_since(context.today));
}

// What both events take from the command, the order and the offer.
template <typename Event>
Event event_of(const fb::UpgradeOrder& asked, const fb::OrderT& order, const fb::OfferT& offer,
               orders::Granted& granted, const Context& context) {
    Event event;
    event.order = asked.new_order()->str();
    event.replaces = order.id;
    event.offer = offer.id;
    event.kind = offer.kind;
    event.competency = order.competency;
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->amount = part_of(asked.list()->amount(), context.policy.upgrade_percent);
    event.charge->currency = asked.list()->currency()->str();
    event.core = granted.core.has;
    event.grants = std::move(granted.grants);
    return event;
}

fb::OrderUpgradedT upgraded(const PartnerState& state, const fb::UpgradeOrder& asked,
                            const fb::OrderT& order, const fb::OfferT& offer,
                            orders::Granted granted, const Context& context) {
    auto event = event_of<fb::OrderUpgradedT>(asked, order, offer, granted, context);
    event.payment = asked.payment();
    event.list.reset(asked.list()->UnPack());
    event.start = context.today.days;
    event.anniversary = orders::anniversary_of(context.today, 1).days;
    event.carried = carried(state, order, event.grants, context);
    event.core_from = std::move(granted.core.from);
    return event;
}

fb::OrderPlacedT placed(const fb::UpgradeOrder& asked, const fb::OrderT& order,
                        const fb::OfferT& offer, orders::Granted granted, const Context& context) {
    auto event = event_of<fb::OrderPlacedT>(asked, order, offer, granted, context);
    event.list.reset(asked.list()->UnPack());
    event.on = context.today.days;
    event.pay_by = plus_days(context.today, context.policy.payment_days - 1).days;
    return event;
}

}  // namespace

std::int64_t part_of(std::int64_t amount, std::uint8_t percent) {
    return (amount * percent + 50) / 100;
}

Decision decide(const PartnerState& state, const fb::UpgradeOrder& asked, const Context& context) {
    if (auto refusal = refuse_buyer(state, context)) return *std::move(refusal);
    const fb::OfferT* offer = catalogue::find_offer(context.catalogue, text_of(asked.offer()));
    if (!offer) return refuse(say::OfferUnknown{});
    const fb::OrderT* order = orders::find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    if (auto refusal = refuse_asked(state, asked, *order, *offer, context))
        return *std::move(refusal);
    orders::Granted granted =
        orders::grants_of(state, *offer, order->competency, context, {&order->id, 1});
    if (auto refusal = refuse_no_room(state, order_max_bytes(granted.grants)))
        return *std::move(refusal);
    if (asked.payment() == fb::PaymentMethod::bank_transfer)
        return accept(placed(asked, *order, *offer, std::move(granted), context));
    return accept(upgraded(state, asked, *order, *offer, std::move(granted), context));
}

void evolve(PartnerState& state, const fb::OrderUpgraded& happened) {
    fb::OrderT order = orders::opened_order(happened);
    order.payment = happened.payment();
    order.purchased = happened.start();
    order.replaces = happened.replaces()->str();
    const Date start{happened.start()};
    orders::begin_term(order, start, start, Date{happened.anniversary()});
    take_over(state, order, *happened.carried());
    succeed(state, order, start);
    state.orders.push_back(std::move(order));
    if (happened.core())
        orders::begin_core(state, text_of(happened.order()), true, happened.core_from());
}

}  // namespace ledger::renewals
