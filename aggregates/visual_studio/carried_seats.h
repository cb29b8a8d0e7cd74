// Seats that go on from one order into the order that follows it [BEN-07]: those that somebody has,
// the oldest assignment first and one a person, but of those who have one in another order that
// goes on none [VSS-02]; then those that somebody was taken off and that
// aren't free for another person yet [VSS-03], up to what is granted. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "aggregates/partner.h"

namespace ledger::visual_studio {

// Their numbers, in the order in which they are numbered anew.
std::vector<std::uint32_t> carried_seats(const PartnerState& state, const fb::OrderT& ending,
                                         const fb::BenefitT& from, std::uint32_t granted,
                                         const Context& context);

// For evolve: `to` gets them behind those that it has. A number that `from` hasn't is passed over,
// and so is what the heir doesn't grant.
void take_over(fb::BenefitT& to, const fb::BenefitT& from,
               const flatbuffers::Vector<std::uint32_t>& seats);

}  // namespace ledger::visual_studio
