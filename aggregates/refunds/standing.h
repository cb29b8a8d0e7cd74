// How the right to a refund of an order stands, by the same dates and the same test that a request
// for its cancellation is judged by [OFF-06].
#pragma once

#include "aggregates/benefit_kind.h"
#include "aggregates/calendar.h"
#include "aggregates/partner.h"
#include "standing_generated.h"

namespace ledger::refunds {

// Last day on which a cancellation may be asked for: the day of the purchase, or on which the money
// of a transfer or a renewal came, is day 1. The order has a term, or had one.
Date last_refund_day(const fb::OrderT& order, const fb::PolicyVersionT& policy);

// The benefit whose use ends the right under that test; null: there is none. A software key that
// was activated ends it under either.
const fb::BenefitT* used_benefit(const fb::OrderT& order, fb::RefundTest test);

// The request for a cancellation of the order that waits for support; null: there is none.
const fb::RequestT* open_request(const PartnerState& state, const fb::OrderT& order);

fb::RefundStanding standing_of(const PartnerState& state, const fb::OrderT& order,
                               const Policies& policies, Date today);

// The last day to ask, while it may be asked for.
void add_coming(Calendar& calendar, const PartnerState& state, const fb::OrderT& order,
                const Policies& policies);

// What ends the right under that policy, in a sentence.
Said refund_rule(const fb::PolicyVersionT& policy);

}  // namespace ledger::refunds
