// Automatic renewal of a subscription, off and on [OFF-03, OFF-04]. Only an order that was bought
// with it has it. Pure; one PartnerState in, one decision out. Refusals are listed in the order in
// which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (any user of the partner), membership.read-only, order.unknown, order.lapsed,
// order.withdrawn, order.cancelled. Nothing when it is off already. An order that waits for its
// money is no exception to "at any time".
Decision decide(const PartnerState&, const fb::TurnAutomaticRenewalOff&, const Context&);

// role.missing, membership.read-only, order.unknown, order.lapsed, order.withdrawn,
// order.cancelled, automatic-renewal.not-offered, automatic-renewal.only-by-renewal. Nothing when
// it is on already; there is no event for it.
Decision decide(const PartnerState&, const fb::TurnAutomaticRenewalOn&, const Context&);

void evolve(PartnerState&, const fb::AutomaticRenewalTurnedOff&);

}  // namespace ledger::orders
