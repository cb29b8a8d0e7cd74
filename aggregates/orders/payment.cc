#include "aggregates/orders/payment.h"

#include "aggregates/orders/charge.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/renewals/begun.h"
#include "aggregates/renewals/carry.h"
#include "aggregates/renewals/succession.h"
#include "events/record.h"

namespace ledger::orders {
namespace {

Refusal too_late(const fb::OrderT& order) {
    return refuse(say::PaymentTooLate{.order = order.id, .until = Date{order.pay_by}});
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
    if (auto refusal = refuse_other_amount(*order, *asked.amount())) return *std::move(refusal);
    if (auto refusal = renewals::refuse_begin(state, *order, context)) return *std::move(refusal);
    fb::PaymentReceivedT received;
    received.order = order->id;
    received.amount.reset(asked.amount()->UnPack());
    const renewals::RenewedTerm term = renewals::begun_term(state, *order, context.today);
    received.start = term.start.days;
    received.anniversary = term.anniversary.days;
    received.on = context.today.days;
    received.first = term.first.days;
    received.carried = renewals::carried_into(state, *order, context);
    if (order->core) {
        CorePackage core = core_package(state, order->kind, context, renewals::ending_with(*order));
        received.core = core.has;
        received.core_from = std::move(core.from);
    }
    return accept(std::move(received));
}

void evolve(PartnerState& state, const fb::PaymentReceived& happened) {
    fb::OrderT* order = find_order(state, text_of(happened.order()));
    if (!order) return;
    // The days of refund count from here.
    order->purchased = happened.on();
    order->pay_by = 0;
    begin_term(*order, Date{happened.first()}, Date{happened.start()},
               Date{happened.anniversary()});
    renewals::take_over(state, *order, *happened.carried());
    renewals::succeed(state, *order, Date{happened.on()});
    if (order->core) begin_core(state, order->id, happened.core(), happened.core_from());
}

}  // namespace ledger::orders
