#include "aggregates/renewals/begun.h"

#include "aggregates/orders/terms.h"
#include "aggregates/renewals/carry.h"
#include "aggregates/renewals/standing.h"

namespace ledger::renewals {
namespace {

// Null: it follows none.
const fb::OrderT* followed_by(const PartnerState& state, const fb::OrderT& order) {
    return orders::find_order(state, order.renews.empty() ? order.replaces : order.renews);
}

}  // namespace

std::optional<Refusal> refuse_begin(const PartnerState& state, const fb::OrderT& order,
                                    const Context& context) {
    const fb::OrderT* old = followed_by(state, order);
    if (!old) return std::nullopt;
    if (auto refusal = orders::refuse_without_term(*old, context)) return refusal;
    if (auto refusal = refuse_followed(state, *old)) return refusal;
    if (order.replaces.empty() || orders::is_open(*old, context.today, context.policies))
        return std::nullopt;
    return refuse(say::PaymentTooLate{.order = order.id,
                                      .until = orders::window_closes(*old, context.policies)});
}

RenewedTerm begun_term(const PartnerState& state, const fb::OrderT& order, Date paid) {
    const fb::OrderT* old = followed_by(state, order);
    const bool goes_on = old && !order.renews.empty() && order.ticket.empty();
    if (goes_on) return renewed_term(*old, false, paid);
    return {paid, paid, orders::anniversary_of(paid, 1)};
}

std::vector<fb::CarriedT> carried_into(const PartnerState& state, const fb::OrderT& order,
                                       const Context& context) {
    const fb::OrderT* old = followed_by(state, order);
    if (!old) return {};
    return carried(state, *old, std::span<const fb::BenefitT>(order.benefits), context);
}

std::vector<std::string> ending_with(const fb::OrderT& order) {
    std::vector<std::string> ending{order.id};
    if (!order.renews.empty()) ending.push_back(order.renews);
    if (!order.replaces.empty()) ending.push_back(order.replaces);
    return ending;
}

}  // namespace ledger::renewals
