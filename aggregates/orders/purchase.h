// Buying an offer [OFF-01, OFF-02, OFF-05, OFF-09, MEM-01, MEM-02, MEM-08, MEM-12]. What the order
// grants is what the catalogue in force on the day says (grants.h), and stays so. By bank transfer it is only placed: it holds
// its place beside other orders, but has no term and nothing to use until its money has come
// (payment.h) [MEM-13]. Pure; one PartnerState in, one decision out. Refusals are listed in the
// order in which they are checked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::orders {

// role.missing (any user of the partner), membership.not-active, membership.not-vetted,
// agreement.missing, offer.unknown, order.exists, competency.missing, competency.unknown,
// competency.not-asked-for (of another offer), purchase.terms-not-accepted,
// purchase.no-payment-method, purchase.not-confirmed, purchase.charge-invalid,
// purchase.currency-invalid, offer.retired; of a competency offer.requirements-unmet (recorded
// within the year before), offer.gold-held (silver of the same one), offer.already-held (of the same
// level); of an Action Pack offer.already-held, offer.beside-competency (before the policy allows
// it); partner.full. OfferPurchased, or OrderPlaced by bank transfer.
//
// Earliest, where another order is in the way: the day after its window, unless it renews by itself,
// or after its last day of payment; and of what the policy doesn't allow yet the day on which it
// does. A read-only account buys as any other does: it is a new start [MEM-05].
Decision decide(const PartnerState&, const fb::PurchaseOffer&, const Context&);

void evolve(PartnerState&, const fb::OfferPurchased&);
void evolve(PartnerState&, const fb::OrderPlaced&);

}  // namespace ledger::orders
