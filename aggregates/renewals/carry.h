// What goes on from an order into the one that follows it, by renewal, upgrade or the money of
// either [BEN-07]: seats, for each SKU that both grant. Keys, tokens and what else was not taken
// stay with the order that granted it. Pure.
#pragma once

#include <span>
#include <vector>

#include "aggregates/partner.h"

namespace ledger::renewals {

using CarriedSeats = flatbuffers::Vector<flatbuffers::Offset<fb::Carried>>;

// By the new order's lines, of grants or of an order that waits for its money.
std::vector<fb::CarriedT> carried(const PartnerState& state, const fb::OrderT& ending,
                                  std::span<const fb::GrantT> grants, const Context& context);
std::vector<fb::CarriedT> carried(const PartnerState& state, const fb::OrderT& ending,
                                  std::span<const fb::BenefitT> lines, const Context& context);

// For evolve: the heir, in the state or not yet, gets what the event says.
void take_over(const PartnerState& state, fb::OrderT& heir, const CarriedSeats& carried);

}  // namespace ledger::renewals
