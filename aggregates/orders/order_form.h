// What every order must bring, whether it buys, renews or upgrades [OFF-01, OFF-10].
#pragma once

#include <optional>

#include "aggregates/partner.h"

namespace ledger::orders {

struct OrderForm {
    bool terms_accepted;
    fb::PaymentMethod payment;
    bool confirmed;
    const fb::Money* amount;  // of the charge, or that it is worked out from
};

template <typename Asked>
OrderForm form_of(const Asked& asked, const fb::Money* amount) {
    return {asked.terms_accepted(), asked.payment(), asked.confirmed(), amount};
}

// purchase.terms-not-accepted, purchase.no-payment-method, purchase.not-confirmed,
// purchase.charge-invalid, purchase.currency-invalid.
std::optional<Refusal> refuse_order_form(const OrderForm& form, Date today);

}  // namespace ledger::orders
