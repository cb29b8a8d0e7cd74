// A mistake in a count, mended by a further event [LED-07]. Support changes a benefit's used units,
// says why, and names the event at fault by its version; both stand in the entry. An expired
// order's counts may be mended too. What the used units count is the benefit's area's; seats are
// counted by their list. Pure; one PartnerState in, one decision out. Refusals are listed in the
// order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::refunds {

// role.missing (support), order.unknown, benefit.unknown, usage.counted-by-seats,
// order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled, reason.missing,
// corrects.missing, usage.below-zero, usage.above-granted. Nothing for a change of 0.
Decision decide(const PartnerState&, const fb::AdjustUsage&, const Context&);

void evolve(PartnerState&, const fb::UsageAdjusted&);

}  // namespace ledger::refunds
