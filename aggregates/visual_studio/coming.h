// The days on which seats become free for another person [VSS-03].
#pragma once

#include "aggregates/calendar.h"
#include "aggregates/partner.h"

namespace ledger::visual_studio {

// Only while the order is open, and through its renewal window: there is nobody to move to
// afterwards. Seats of one day are told together.
void add_coming(Calendar& calendar, const fb::OrderT& order, const fb::BenefitT& benefit,
                const Policies& policies);

}  // namespace ledger::visual_studio
