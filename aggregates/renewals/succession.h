// One order taking the place of another, and giving it back. For evolve, of the events of renewal,
// upgrade, payment and cancellation: what is not in the state is passed over.
#pragma once

#include <string_view>

#include "aggregates/partner.h"

namespace ledger::renewals {

// `order`, in the state, renews the one that it names, if any: that one's own dates speak no more
// once its term is over. Or it replaces the one that it names, from that day on.
void succeed(PartnerState& state, const fb::OrderT& order, Date on);

// `order` was cancelled: the dates of what it renewed or replaced speak again.
void step_back(PartnerState& state, const fb::OrderT& order);

}  // namespace ledger::renewals
