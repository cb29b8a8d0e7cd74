#include "aggregates/orders/order_form.h"

#include "events/currency.h"
#include "events/record.h"

namespace ledger::orders {

std::optional<Refusal> refuse_order_form(const OrderForm& form, Date today) {
    if (!form.terms_accepted) return refuse(say::PurchaseTermsNotAccepted{});
    if (form.payment == fb::PaymentMethod::none) return refuse(say::PurchaseNoPaymentMethod{});
    if (!form.confirmed) return refuse(say::PurchaseNotConfirmed{});
    if (form.amount->amount() <= 0) return refuse(say::PurchaseChargeInvalid{});
    if (!is_in_use(text_of(form.amount->currency()), today))
        return refuse(say::PurchaseCurrencyInvalid{});
    return std::nullopt;
}

}  // namespace ledger::orders
