#include "aggregates/orders/payment.h"

#include "aggregates/orders/grants.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

Refusal too_late(const fb::OrderT& order) {
    return refuse(say::PaymentTooLate{.order = order.id, .until = Date{order.pay_by}});
}

Refusal amount_differs(const fb::OrderT& order) {
    return refuse(say::PaymentAmountDiffers{
        .order = order.id, .amount = order.charge_amount, .currency = order.charge_currency});
}

}  // namespace

Decision decide(const PartnerState& state, const fb::ReceivePayment& asked,
                const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    const fb::OrderT* order = find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    if (order->withdrawn != 0) return *refuse_without_term(*order, context);
    if (order->pay_by == 0) return refuse_not_waiting(*order);
    if (context.today >= lapses_on(*order)) return too_late(*order);
    if (asked.amount()->amount() != order->charge_amount ||
        text_of(asked.amount()->currency()) != order->charge_currency)
        return amount_differs(*order);
    fb::PaymentReceivedT received;
    received.order = order->id;
    received.amount.reset(asked.amount()->UnPack());
    received.start = context.today.days;
    received.anniversary = anniversary_of(context.today, 1).days;
    if (order->core) {
        CorePackage core = core_package(state, order->kind, context, {&order->id, 1});
        received.core = core.has;
        received.core_from = std::move(core.from);
    }
    return accept(std::move(received));
}

void evolve(PartnerState& state, const fb::PaymentReceived& happened) {
    fb::OrderT* order = find_order(state, text_of(happened.order()));
    if (!order) return;
    // Anniversaries and the days of refund count from the start of the term.
    order->purchased = happened.start();
    order->pay_by = 0;
    begin_term(*order, Date{happened.start()}, Date{happened.start()}, Date{happened.anniversary()});
    if (order->core) begin_core(state, order->id, happened.core(), happened.core_from());
}

}  // namespace ledger::orders
