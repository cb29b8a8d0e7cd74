#include "aggregates/orders/payment.h"

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

Refusal too_late(const fb::OrderT& order) {
    return refuse(RefusalCode::payment_too_late,
                  "The last day to pay order " + order.id + " was " +
                      to_string(Date{order.pay_by}) +
                      ", and it lapsed: the offer must be bought again.");
}

Refusal amount_differs(const fb::OrderT& order) {
    return refuse(RefusalCode::payment_amount_differs,
                  "Order " + order.id + " is paid by " + std::to_string(order.charge_amount) +
                      " minor units of " + order.charge_currency +
                      " in one sum, no more and no less.");
}

}  // namespace

Decision decide(const PartnerState& state, const fb::ReceivePayment& asked,
                const Context& context) {
    if (auto refusal = require_support_or_system(context, "Receiving a payment"))
        return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(RefusalCode::order_unknown);
    if (order->withdrawn != 0) return *refuse_without_term(*order, context);
    if (order->pay_by == 0) return refuse_not_waiting(*order);
    if (context.today > Date{order->pay_by}) return too_late(*order);
    if (asked.amount()->amount() != order->charge_amount ||
        text_of(asked.amount()->currency()) != order->charge_currency)
        return amount_differs(*order);
    fb::PaymentReceivedT received;
    received.order = order->id;
    received.amount.reset(asked.amount()->UnPack());
    received.start = context.today.days;
    received.anniversary = anniversary_of(context.today, 1).days;
    return accept(std::move(received));
}

void evolve(PartnerState& state, const fb::PaymentReceived& happened) {
    fb::OrderT* order = find_order(state, text_of(happened.order()));
    if (!order) return;
    // Anniversaries and the days of refund count from the start of the term.
    order->purchased = happened.start();
    order->pay_by = 0;
    begin_term(*order, Date{happened.start()}, Date{happened.anniversary()});
}

}  // namespace ledger::orders
