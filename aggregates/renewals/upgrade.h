// Upgrading a silver competency to gold of the same area [MEM-12]: while silver is active or in its
// window, for the policy's part of gold's list amount (75%), half a minor unit rounded up. Gold
// replaces silver from the day it is paid, its term and anniversaries count from that day, seats
// keep their users, and silver's fee is not refunded any more, also when gold is cancelled and
// silver is back by its dates. By bank transfer it waits for its money; silver must still be active
// or in its window then. Pure; one PartnerState in, one decision out. Refusals are listed in the
// order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::renewals {

// role.missing (any user of the partner), membership.read-only, agreement.missing, offer.unknown,
// order.unknown, order.exists, purchase.terms-not-accepted, purchase.no-payment-method,
// purchase.not-confirmed, purchase.charge-invalid, purchase.currency-invalid,
// order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled, order.replaced,
// upgrade.not-silver-to-gold, upgrade.other-competency, renewal.done, offer.retired,
// benefit.expired, offer.requirements-unmet, partner.full. OrderUpgraded, or OrderPlaced by bank
// transfer.
Decision decide(const PartnerState&, const fb::UpgradeOrder&, const Context&);

void evolve(PartnerState&, const fb::OrderUpgraded&);

// So many percent of the amount, in integers, half a minor unit rounded up.
std::int64_t part_of(std::int64_t amount, std::uint8_t percent);

}  // namespace ledger::renewals
