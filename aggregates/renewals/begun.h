// The term that begins with the money of an order by bank transfer, be it a purchase, a renewal or
// an upgrade [MEM-09, MEM-11..13]. Pure.
#pragma once

#include <optional>
#include <vector>

#include "aggregates/partner.h"
#include "aggregates/renewals/renewed.h"

namespace ledger::renewals {

// What stands between the money and an order that renews or replaces another: order.cancelled,
// order.replaced, renewal.done of that one; payment.too-late: it isn't active or in its window any
// more, so that it can't be upgraded.
std::optional<Refusal> refuse_begin(const PartnerState& state, const fb::OrderT& order,
                                    const Context& context);

RenewedTerm begun_term(const PartnerState& state, const fb::OrderT& order, Date paid);

// What goes on into it from the order that it renews or replaces.
std::vector<fb::CarriedT> carried_into(const PartnerState& state, const fb::OrderT& order,
                                       const Context& context);

// The orders that end when it begins, itself among them: for orders::core_package.
std::vector<std::string> ending_with(const fb::OrderT& order);

}  // namespace ledger::renewals
