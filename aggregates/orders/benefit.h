// The benefit that a command is about: found, of the right kind, and still there. What the commands
// of all areas of benefits begin with stands here once.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "aggregates/partner.h"
#include "events/record.h"

namespace ledger::orders {

// Both are there unless it is refused.
struct Sought {
    const fb::OrderT* order = nullptr;
    const fb::BenefitT* benefit = nullptr;
    std::optional<Refusal> refusal;
};

// order.unknown, benefit.unknown.
Sought find_line(const PartnerState& state, std::string_view order, std::string_view sku);

// What a command is about.
struct Wanted {
    std::string_view order;
    std::string_view sku;
    fb::BenefitKind kind;  // what the command is for
    Refusal other_kind;    // what it says of a benefit of another kind
};

template <typename Asked>
Wanted want(const Asked& asked, fb::BenefitKind kind, Refusal other_kind) {
    return {text_of(asked.order()), text_of(asked.sku()), kind, std::move(other_kind)};
}

// What the commands of whoever manages benefits begin with: role.missing, membership.read-only,
// agreement.missing, order.unknown, benefit.unknown, the code for another kind,
// order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled, order.replaced,
// benefit.expired.
Sought seek(const PartnerState& state, const Wanted& wanted, const Context& context);

// Units that were granted and didn't go with the core package to another order.
std::uint32_t units_to_be_had(const fb::BenefitT& benefit);

// benefit.core-moved: the benefit is of a core package that went to another order, and no unit of
// it is left that is not [MRG-02]. What was taken stays, and nothing more is taken.
std::optional<Refusal> refuse_core_moved(const fb::BenefitT& benefit);

// benefit.core-moved; benefit.lapsed: the benefit's expiry, the last day to activate it, has passed
// [BEN-01].
std::optional<Refusal> refuse_lapsed(const fb::BenefitT& benefit, const Context& context);

// Units taken, of every kind: those counted, and the seats that somebody has.
std::uint32_t used_units(const fb::BenefitT& benefit);

// Units that are still to be had: none of those that went with the core package to another order,
// and 0 of an order that never began, was renewed or was cancelled.
std::uint32_t left_units(const fb::OrderT& order, const fb::BenefitT& benefit, Date today,
                         const Policies& policies);

// For evolve: null when the state doesn't hold it.
fb::BenefitT* find_benefit(PartnerState& state, std::string_view order, std::string_view sku);

// The one that an event is about.
template <typename Happened>
fb::BenefitT* find_benefit(PartnerState& state, const Happened& happened) {
    return find_benefit(state, text_of(happened.order()), text_of(happened.sku()));
}

}  // namespace ledger::orders
