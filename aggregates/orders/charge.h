// What an order costs, and money that is to be just that [OFF-01, OFF-08, MEM-13].
#pragma once

#include <memory>
#include <optional>

#include "aggregates/partner.h"

namespace ledger::orders {

std::unique_ptr<fb::MoneyT> charge_of(const fb::OrderT& order);

// payment.amount-differs: it is paid in one sum, no more and no less.
std::optional<Refusal> refuse_other_amount(const fb::OrderT& order, const fb::Money& amount);

}  // namespace ledger::orders
