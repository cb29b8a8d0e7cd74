// The events that a renewal comes to, by hand, by ticket or automatic [MEM-09, MEM-11, OFF-03,
// BEN-07]. Pure.
#pragma once

#include <string_view>

#include "aggregates/orders/grants.h"
#include "aggregates/partner.h"

namespace ledger::renewals {

// What differs between the ways to renew. Views: the command and the state outlive it.
struct Renewing {
    std::string_view new_order;
    fb::PaymentMethod payment{};
    std::int64_t amount = 0;  // minor units
    std::string_view currency;
    std::string_view ticket;  // empty: in the window
    bool automatic = false;
    bool automatic_renewal = false;
    bool requirements_waived = false;
};

// The days that a renewal of the order has, paid on `paid`.
struct RenewedTerm {
    Date first;
    Date start;
    Date anniversary;
};
RenewedTerm renewed_term(const fb::OrderT& order, bool by_ticket, Date paid);

fb::OfferRenewedT renewed(const PartnerState& state, const fb::OrderT& order, const Renewing& how,
                          orders::Granted granted, const Context& context);
// The money may come in the policy's days of payment, in the window at the latest [MEM-13].
fb::OrderPlacedT placed_renewal(const fb::OrderT& order, const Renewing& how,
                                orders::Granted granted, const Context& context);

}  // namespace ledger::renewals
