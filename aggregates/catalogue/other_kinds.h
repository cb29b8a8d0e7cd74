// What an area of a competency grants is counted together with what the offer of its level grants of
// the same SKU, so both must be of one kind and unit [OFF-09].
#pragma once

#include <cstddef>
#include <vector>

#include "policy_generated.h"

namespace ledger::catalogue {

// A line of an area, in its list of that level, that its level's offer grants otherwise.
struct OtherKind {
    std::size_t area = 0;
    fb::OfferKind level{};  // silver or gold
    std::size_t line = 0;
    const fb::Offer* offer = nullptr;
    const fb::Grant* granted = nullptr;  // by the offer
};

// In the order of areas, levels, lines and offers.
std::vector<OtherKind> other_kinds_in(const fb::CatalogueVersion& catalogue);

}  // namespace ledger::catalogue
