#include "aggregates/orders/lapse.h"

#include "aggregates/orders/anchor.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

Refusal not_lapsed(const fb::OrderT& order) {
    Refusal refusal = refuse(say::ReminderNotDue{.order = order.id, .until = Date{order.pay_by}});
    refusal.earliest = lapses_on(order);
    return refusal;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::NoteLapse& asked, const Context& context) {
    if (auto refusal = require_system(context)) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    const std::optional<Date> due = lapse_due(*order);
    if (!due) return nothing(say::OrderNoLapseToNote{});
    if (context.today < *due) return not_lapsed(*order);
    fb::OrderLapsedT lapsed;
    lapsed.order = order->id;
    lapsed.due = due->days;
    lapsed.on = context.today.days;
    return accept(std::move(lapsed));
}

void evolve(PartnerState& state, const fb::OrderLapsed& happened) {
    if (fb::OrderT* order = find_order(state, text_of(happened.order()))) order->noted = true;
}

std::optional<Date> lapse_due(const fb::OrderT& order) {
    if (order.pay_by == 0 || !anchor_of(order)) return std::nullopt;
    return lapses_on(order);
}

fb::CommandBodyUnion lapse_body(const std::string& order) {
    fb::NoteLapseT note;
    note.order = order;
    fb::CommandBodyUnion body;
    body.Set(std::move(note));
    return body;
}

}  // namespace ledger::orders
