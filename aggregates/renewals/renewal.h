// Renewing an order by hand in its window, and by a support ticket when it has expired [MEM-06..09,
// MEM-11, OFF-10, BEN-07, EXT-01, EXT-02]. The renewal is an order of its own that grants what the
// catalogue in force says. In the window its term starts on the anniversary of the one that it
// renews, so that no day is lost or given; by ticket on the day it is paid, from which anniversaries
// are counted anew. By bank transfer it waits for its money, in the window's days at the most, and
// until then the old order goes by its own dates. A read-only account isn't asked about: this is
// the way out. Pure; one PartnerState in, one decision out. Refusals are listed in the order in
// which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::renewals {

// role.missing (any user of the partner), agreement.missing, order.unknown, order.exists,
// purchase.terms-not-accepted, purchase.no-payment-method, purchase.not-confirmed,
// purchase.charge-invalid, purchase.currency-invalid, order.waiting-for-payment, order.lapsed,
// order.withdrawn, order.cancelled, order.replaced, renewal.done, renewal.charge-pending,
// offer.retired, renewal.window-not-open (earliest: the day after the anniversary),
// renewal.needs-ticket, profile.not-reviewed, profile.documents-missing, offer.requirements-unmet,
// partner.full. OfferRenewed, or OrderPlaced by bank transfer.
Decision decide(const PartnerState&, const fb::RenewOrder&, const Context&);

// role.missing (support), agreement.missing, then as above to offer.retired, offer.already-held,
// renewal.not-expired (earliest: the day after the window), profile.not-reviewed,
// profile.documents-missing, offer.requirements-unmet, reason.missing, partner.full.
Decision decide(const PartnerState&, const fb::RenewByTicket&, const Context&);

void evolve(PartnerState&, const fb::OfferRenewed&);

}  // namespace ledger::renewals
