// How large a partner's row can become: an upper bound that is checked before anything is added to
// it, so that no row ever outgrows its limit (limits::kPartnerRowMaxBytes). A seat counts from the
// purchase on, whether or not somebody has it: giving it away then never fails for want of room.
#pragma once

#include <cstddef>

#include "aggregates/partner.h"

namespace ledger {

std::size_t row_max_bytes(const PartnerState& state);

// What one more user, or one more order of this offer, adds at the most.
std::size_t user_max_bytes(const fb::Person& person);
std::size_t order_max_bytes(const fb::OfferT& offer);

}  // namespace ledger
