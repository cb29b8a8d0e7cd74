#include "aggregates/renewals/renewal.h"

#include <algorithm>
#include <utility>

#include "aggregates/orders/grants.h"
#include "aggregates/orders/held.h"
#include "aggregates/orders/opened_order.h"
#include "aggregates/orders/order_form.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/reason.h"
#include "aggregates/renewals/carry.h"
#include "aggregates/renewals/renewed.h"
#include "aggregates/renewals/standing.h"
#include "aggregates/renewals/succession.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::renewals {
namespace {

// The order that is to be renewed and its offer today, or why it can't be.
struct Sought {
    const fb::OrderT* order = nullptr;
    const fb::OfferT* offer = nullptr;
    std::optional<Refusal> refusal;
};

template <typename Asked>
std::optional<Refusal> refuse_asked(const PartnerState& state, const Asked& asked,
                                    const fb::OrderT& order, const Context& context) {
    if (orders::is_order_id_taken(state, text_of(asked.new_order())))
        return refuse(say::OrderExists{});
    if (auto refusal =
            orders::refuse_order_form(orders::form_of(asked, asked.charge()), context.today))
        return refusal;
    if (auto refusal = refuse_without_end(state, order, context)) return refusal;
    return refuse_followed(state, order);
}

// From agreement.missing to offer.retired.
template <typename Asked>
Sought seek(const PartnerState& state, const Asked& asked, const Context& context) {
    Sought sought;
    if (state.agreement.empty()) {
        sought.refusal = refuse(say::AgreementMissing{});
        return sought;
    }
    sought.order = orders::find_order(state, text_of(asked.order()));
    if (!sought.order) {
        sought.refusal = refuse(say::OrderUnknown{});
        return sought;
    }
    sought.refusal = refuse_asked(state, asked, *sought.order, context);
    if (sought.refusal) return sought;
    sought.offer = offer_sold(*sought.order, context);
    if (!sought.offer) sought.refusal = refuse(say::OfferRetired{});
    return sought;
}

Refusal window_not_open(const fb::OrderT& order) {
    const Date opens = orders::window_opens(order);
    Refusal refusal = refuse(say::RenewalWindowNotOpen{.order = order.id, .opens = opens});
    refusal.earliest = opens;
    return refusal;
}

Refusal needs_ticket(const fb::OrderT& order, Date closed, const Context& context) {
    return refuse(say::RenewalNeedsTicket{.order = order.id, .until = closed},
                  is_in_hardship(order, context.policy) ? "EXT-02" : "MEM-11");
}

Refusal not_expired(const fb::OrderT& order, Date closes) {
    Refusal refusal = refuse(say::RenewalNotExpired{.order = order.id, .until = closes});
    refusal.earliest = plus_days(closes, 1);
    return refusal;
}

template <typename Asked>
Decision renewed_or_placed(const PartnerState& state, const Asked& asked, const Sought& sought,
                           const Renewing& how, const Context& context) {
    const fb::OrderT& order = *sought.order;
    orders::Granted granted =
        orders::grants_of(state, *sought.offer, order.competency, context, {&order.id, 1});
    if (auto refusal = refuse_no_room(state, order_max_bytes(granted.grants)))
        return *std::move(refusal);
    if (asked.payment() == fb::PaymentMethod::bank_transfer)
        return accept(placed_renewal(order, how, std::move(granted), context));
    return accept(renewed(state, order, how, std::move(granted), context));
}

template <typename Asked>
Renewing renewing(const Asked& asked, const fb::OrderT& order, const Context& context) {
    Renewing how;
    how.new_order = text_of(asked.new_order());
    how.payment = asked.payment();
    how.amount = asked.charge()->amount();
    how.currency = text_of(asked.charge()->currency());
    how.automatic_renewal = order.renews_automatically;
    how.requirements_waived = is_in_hardship(order, context.policy);
    return how;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::RenewOrder& asked, const Context& context) {
    if (auto refusal = require_user(state, context, "ACC-05")) return *std::move(refusal);
    Sought sought = seek(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::OrderT& order = *sought.order;
    if (context.today < orders::window_opens(order)) return window_not_open(order);
    const Date closes = orders::window_closes(order, context.policies);
    if (closes < context.today) return needs_ticket(order, closes, context);
    if (auto refusal = refuse_unprepared(state, order, context)) return *std::move(refusal);
    return renewed_or_placed(state, asked, sought, renewing(asked, order, context), context);
}

Decision decide(const PartnerState& state, const fb::RenewByTicket& asked, const Context& context) {
    if (auto refusal = require_support(context)) return *std::move(refusal);
    Sought sought = seek(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::OrderT& order = *sought.order;
    if (auto refusal =
            orders::refuse_held(state, order.kind, order.competency, context, {&order.id, 1}))
        return *std::move(refusal);
    const Date closes = orders::window_closes(order, context.policies);
    if (context.today <= closes) return not_expired(order, closes);
    if (auto refusal = refuse_unprepared(state, order, context)) return *std::move(refusal);
    if (auto refusal = refuse_without_reason(context, "MEM-11")) return *std::move(refusal);
    Renewing how = renewing(asked, order, context);
    how.ticket = text_of(asked.ticket());
    return renewed_or_placed(state, asked, sought, how, context);
}

void evolve(PartnerState& state, const fb::OfferRenewed& happened) {
    fb::OrderT order = orders::opened_order(happened);
    order.payment = happened.payment();
    order.purchased = happened.on();
    order.renews = happened.renews()->str();
    order.renews_automatically = happened.automatic() || happened.automatic_renewal();
    order.automatic_renewal = happened.automatic_renewal();
    order.requirements_waived = happened.requirements_waived();
    order.ticket = text_of(happened.ticket());
    orders::begin_term(order, Date{happened.first()}, Date{happened.start()},
                       Date{happened.anniversary()});
    take_over(state, order, *happened.carried());
    succeed(state, order, Date{happened.on()});
    state.orders.push_back(std::move(order));
    if (happened.core())
        orders::begin_core(state, text_of(happened.order()), true, happened.core_from());
}

}  // namespace ledger::renewals
