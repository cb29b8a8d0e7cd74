// Delivery of keys and tokens by the vendor [SWK-06]: sealed material is added to a benefit's stock
// [SWK-05], of which a reveal or an issue takes the next. In sum no more units than the order
// grants are ever delivered [BEN-04]. Room in the partner's record is taken here, for the machines
// and the tenant too, so that none is wanting later. Pure; one PartnerState in, one decision out.
#pragma once

#include "aggregates/partner.h"

namespace ledger::software_keys {

// In this order: role.missing (support or system), order.unknown, benefit.unknown,
// benefit.without-keys, order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled,
// benefit.expired, key.exists (in any order of the partner, or twice in one delivery),
// benefit.core-moved, benefit.lapsed, key.beyond-grant, partner.full. All of a delivery is taken or
// nothing.
Decision decide(const PartnerState&, const fb::DeliverKeys&, const Context&);

void evolve(PartnerState&, const fb::KeysDelivered&);

}  // namespace ledger::software_keys
