// Automatic renewal on the anniversary [OFF-03, OFF-04]. The charge, the amount of the order that is
// renewed, is ordered by an event before it is made; how it went is a command of the payment system,
// and only that renews the order, from the anniversary on, however late it comes. An order that was
// paid by bank transfer has no card to charge: that fails at once. Turned off on the anniversary or
// later, the renewal of that day still comes. Pure; one PartnerState in, one decision out. Refusals
// are listed in the order in which they are checked.
#pragma once

#include <string>
#include <vector>

#include "aggregates/deadlines/due.h"
#include "aggregates/partner.h"

namespace ledger::renewals {

// role.missing (the system alone), order.unknown, renewal.not-due (earliest: the anniversary),
// renewal.window-closed, offer.retired, partner.full. Nothing when it doesn't renew by itself, or
// was renewed, ordered, turned off before the anniversary, replaced or cancelled.
// RenewalChargeOrdered, or RenewalChargeFailed where there is no card.
Decision decide(const PartnerState&, const fb::OrderRenewalCharge&, const Context&);

// role.missing (support or the system, on a read-only account too), order.unknown,
// renewal.no-charge-pending, payment.amount-differs, partner.full. OfferRenewed, or
// RenewalChargeFailed.
Decision decide(const PartnerState&, const fb::SettleRenewalCharge&, const Context&);

void evolve(PartnerState&, const fb::RenewalChargeOrdered&);
void evolve(PartnerState&, const fb::RenewalChargeFailed&);

// The day on which the renewal of the order is to be charged, its anniversary; nothing where it
// doesn't renew by itself or that was done.
std::optional<Date> charge_due(const PartnerState& state, const fb::OrderT& order);

// The command that orders one.
fb::CommandBodyUnion charge_body(const std::string& order);

}  // namespace ledger::renewals
