// The last days of the subscriptions that tokens were redeemed for [BEN-02].
#pragma once

#include "aggregates/calendar.h"
#include "aggregates/partner.h"

namespace ledger::cloud {

// Such a subscription outlives its order's term, but not the order's cancellation.
void add_coming(Calendar& calendar, const fb::OrderT& order, const fb::BenefitT& benefit,
                const Policies& policies);

}  // namespace ledger::cloud
