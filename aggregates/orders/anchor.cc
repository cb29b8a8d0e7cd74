#include "aggregates/orders/anchor.h"

namespace ledger::orders {

std::optional<Date> anchor_of(const fb::OrderT& order) {
    const bool ended = order.cancelled != 0 || order.withdrawn != 0 || order.replaced != 0 ||
                       order.noted || !order.renewed_by.empty();
    if (ended) return std::nullopt;
    const std::int32_t day = order.pay_by != 0 ? order.pay_by : order.anniversary;
    return day != 0 ? std::optional(Date{day}) : std::nullopt;
}

}  // namespace ledger::orders
