// Buying an offer [OFF-01, OFF-02, OFF-05, OFF-09, MEM-02]. What the order grants is what the
// catalogue in force on the day says, and stays so. By bank transfer it is only placed: it holds
// its place beside other orders, but has no term and nothing to use until its money has come
// (payment.h) [MEM-13]. Pure; one PartnerState in, one decision out. Refusals are listed in the
// order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (any user of the partner), membership.read-only, membership.not-active,
// agreement.missing, offer.unknown, order.exists, purchase.terms-not-accepted,
// purchase.no-payment-method, purchase.not-confirmed, purchase.charge-invalid,
// purchase.currency-invalid, offer.retired, offer.requirements-unmet, offer.already-held (earliest:
// the day after the window of the one that is held, where it doesn't renew by itself, or after the
// last day of payment of one that waits; where the account isn't read-only then),
// offer.beside-competency, partner.full. OfferPurchased, or OrderPlaced by bank transfer.
Decision decide(const PartnerState&, const fb::PurchaseOffer&, const Context&);

void evolve(PartnerState&, const fb::OfferPurchased&);
void evolve(PartnerState&, const fb::OrderPlaced&);

}  // namespace ledger::orders
