#include "aggregates/orders/benefit.h"

#include <algorithm>
#include <utility>

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"

namespace ledger::orders {

Sought find_line(const PartnerState& state, std::string_view order, std::string_view sku) {
    Sought sought;
    sought.order = find_order(state, order);
    if (!sought.order) {
        sought.refusal = refuse(say::OrderUnknown{});
        return sought;
    }
    for (const fb::BenefitT& benefit : sought.order->benefits)
        if (benefit.sku == sku) sought.benefit = &benefit;
    if (!sought.benefit) sought.refusal = refuse(say::BenefitUnknown{});
    return sought;
}

Sought seek(const PartnerState& state, const Wanted& wanted, const Context& context) {
    if (auto refusal = require_benefit_manager(state, context))
        return {nullptr, nullptr, std::move(refusal)};
    if (auto refusal = refuse_read_only(state, context))
        return {nullptr, nullptr, std::move(refusal)};
    if (state.agreement.empty()) return {nullptr, nullptr, refuse(say::AgreementMissing{})};
    Sought sought = find_line(state, wanted.order, wanted.sku);
    if (sought.refusal) return sought;
    sought.refusal = sought.benefit->kind == wanted.kind
                         ? refuse_unusable(state, *sought.order, context)
                         : wanted.other_kind;
    return sought;
}

// A row may hold any numbers.
std::uint32_t units_to_be_had(const fb::BenefitT& benefit) {
    return benefit.granted - std::min(benefit.moved, benefit.granted);
}

std::optional<Refusal> refuse_core_moved(const fb::BenefitT& benefit) {
    if (benefit.moved == 0 || used_units(benefit) < units_to_be_had(benefit)) return std::nullopt;
    return refuse(say::BenefitCoreMoved{});
}

std::optional<Refusal> refuse_lapsed(const fb::BenefitT& benefit, const Context& context) {
    if (auto refusal = refuse_core_moved(benefit)) return refusal;
    if (context.today <= Date{benefit.expiry}) return std::nullopt;
    return refuse(say::BenefitLapsed{.until = Date{benefit.expiry}});
}

std::uint32_t used_units(const fb::BenefitT& benefit) {
    std::uint32_t used = benefit.used;
    for (const fb::SeatT& seat : benefit.seats)
        if (!seat.person.empty()) ++used;
    return used;
}

std::uint32_t left_units(const fb::OrderT& order, const fb::BenefitT& benefit, Date today,
                         const Policies& policies) {
    const std::uint32_t used = used_units(benefit);
    const std::uint32_t to_be_had = units_to_be_had(benefit);
    const Term term = term_of(order, today, policies);
    // What was not taken of a renewed order has lapsed [BEN-07].
    const bool there = has_begun(term) && term != Term::renewed;
    return there && used < to_be_had ? to_be_had - used : 0;
}

fb::BenefitT* find_benefit(PartnerState& state, std::string_view order_id, std::string_view sku) {
    fb::OrderT* order = find_order(state, order_id);
    if (!order) return nullptr;
    for (fb::BenefitT& benefit : order->benefits)
        if (benefit.sku == sku) return &benefit;
    return nullptr;
}

}  // namespace ledger::orders
