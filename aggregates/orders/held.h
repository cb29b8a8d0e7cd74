// What may not stand twice, or beside another: an Action Pack [OFF-02], a level of a competency in
// one area, silver beside gold of the same area [MEM-01, MEM-12]. Orders that wait for their money,
// or whose renewal is being charged, count. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/orders/grants.h"
#include "aggregates/partner.h"

namespace ledger::orders {

// The day after the window of an order that runs, or after the days of payment of one that waits;
// nothing for one that renews by itself.
std::optional<Date> held_until(const fb::OrderT& held, const Context& context);

// offer.gold-held, offer.already-held. Earliest: the day after the window of the one that is held,
// where it doesn't renew by itself, or after the last day of payment of one that waits; of a
// competency only where its requirements as recorded serve on that day.
std::optional<Refusal> refuse_held(const PartnerState& state, fb::OfferKind kind,
                                   std::string_view competency, const Context& context,
                                   Ending ending = {});

}  // namespace ledger::orders
