#include "aggregates/orders/charge.h"

#include "events/record.h"

namespace ledger::orders {

std::unique_ptr<fb::MoneyT> charge_of(const fb::OrderT& order) {
    auto charge = std::make_unique<fb::MoneyT>();
    charge->amount = order.charge_amount;
    charge->currency = order.charge_currency;
    return charge;
}

std::optional<Refusal> refuse_other_amount(const fb::OrderT& order, const fb::Money& amount) {
    if (amount.amount() == order.charge_amount &&
        text_of(amount.currency()) == order.charge_currency)
        return std::nullopt;
    return refuse(say::PaymentAmountDiffers{
        .order = order.id, .amount = order.charge_amount, .currency = order.charge_currency});
}

}  // namespace ledger::orders
