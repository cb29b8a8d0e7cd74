#include "aggregates/orders/hardship.h"

namespace ledger::orders {

bool has_extension(const fb::OrderT& order, const fb::PolicyVersionT& policy) {
    if (order.kind != fb::OfferKind::silver && order.kind != fb::OfferKind::gold) return false;
    return policy.hardship_from && policy.hardship_to &&
           *policy.hardship_from <= order.anniversary && order.anniversary <= *policy.hardship_to;
}

}  // namespace ledger::orders
