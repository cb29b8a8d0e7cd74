// What is coming for a partner: every date from a day on that changes what it has or may do,
// soonest first. Worked out from its state and the policies alone; nothing waits for a clock to
// tick. Pure; each area adds the dates of its own rules.
#pragma once

#include <vector>

#include "aggregates/calendar.h"
#include "aggregates/ledger_state.h"
#include "aggregates/partner.h"
#include "standing_generated.h"

namespace ledger {

std::vector<Coming> coming_for(const PartnerState& state, const LedgerState& ledger, Date today);

}  // namespace ledger
