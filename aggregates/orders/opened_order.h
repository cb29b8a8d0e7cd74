// The order that an event opens: what the events of purchase, renewal and upgrade all say of one.
// For evolve.
#pragma once

#include "aggregates/orders/grants.h"
#include "aggregates/partner.h"
#include "events/record.h"

namespace ledger::orders {

// Its term stays empty.
template <typename Event>
fb::OrderT opened_order(const Event& happened) {
    fb::OrderT order;
    order.id = happened.order()->str();
    order.offer = happened.offer()->str();
    order.kind = happened.kind();
    order.competency = text_of(happened.competency());
    order.charge_amount = happened.charge()->amount();
    order.charge_currency = happened.charge()->currency()->str();
    order.benefits = benefits_of(*happened.grants());
    order.core = happened.core();
    return order;
}

}  // namespace ledger::orders
