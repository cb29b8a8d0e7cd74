#include "aggregates/orders/lapse.h"

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

// It waits for its money, or waited in vain and nobody has said so.
bool may_lapse(const fb::OrderT& order) {
    return order.pay_by != 0 && order.cancelled == 0 && order.withdrawn == 0 && !order.noted;
}

Refusal not_due(const fb::OrderT& order) {
    Refusal refusal = refuse(say::ReminderNotDue{.order = order.id, .until = Date{order.pay_by}});
    refusal.earliest = lapses_on(order);
    return refusal;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::NoteLapse& asked, const Context& context) {
    if (auto refusal = require_system(context)) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    if (!may_lapse(*order)) return nothing(say::OrderNoLapseToNote{});
    if (context.today < lapses_on(*order)) return not_due(*order);
    fb::OrderLapsedT lapsed;
    lapsed.order = order->id;
    lapsed.due = lapses_on(*order).days;
    lapsed.on = context.today.days;
    return accept(std::move(lapsed));
}

void evolve(PartnerState& state, const fb::OrderLapsed& happened) {
    if (fb::OrderT* order = find_order(state, text_of(happened.order()))) order->noted = true;
}

void add_anchors(const PartnerState& state, std::vector<deadlines::Anchor>& anchors) {
    for (const fb::OrderT& order : state.orders)
        if (may_lapse(order)) anchors.push_back({Date{order.pay_by}, order.id});
}

void add_due(const PartnerState& state, Date through, std::vector<deadlines::Due>& due) {
    for (const fb::OrderT& order : state.orders) {
        if (!may_lapse(order) || through < lapses_on(order)) continue;
        fb::NoteLapseT note;
        note.order = order.id;
        deadlines::Due each{lapses_on(order), deadlines::Rank::lapse, order.id, {}};
        each.body.Set(std::move(note));
        due.push_back(std::move(each));
    }
}

}  // namespace ledger::orders
