#include "aggregates/orders/expiry.h"

#include "aggregates/orders/anchor.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {

Decision decide(const PartnerState& state, const fb::NoteExpiry& asked, const Context& context) {
    if (auto refusal = require_system(context)) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    const std::optional<Date> due = expiry_due(*order, context.policies);
    if (!due) return nothing(say::OrderNoExpiryToNote{});
    const Date closes = window_closes(*order, context.policies);
    if (context.today < *due) {
        Refusal refusal = refuse(say::ReminderNotDueOpen{.order = order->id, .until = closes});
        refusal.earliest = *due;
        return refusal;
    }
    fb::OrderExpiredT expired;
    expired.order = order->id;
    expired.window_closed = closes.days;
    expired.on = context.today.days;
    return accept(std::move(expired));
}

void evolve(PartnerState& state, const fb::OrderExpired& happened) {
    if (fb::OrderT* order = find_order(state, text_of(happened.order()))) order->noted = true;
}

std::optional<Date> expiry_due(const fb::OrderT& order, const Policies& policies) {
    if (order.pay_by != 0 || !anchor_of(order)) return std::nullopt;
    return plus_days(window_closes(order, policies), 1);
}

fb::CommandBodyUnion expiry_body(const std::string& order) {
    fb::NoteExpiryT note;
    note.order = order;
    fb::CommandBodyUnion body;
    body.Set(std::move(note));
    return body;
}

}  // namespace ledger::orders
