// What every order that follows another is judged by: whether the one that ends with it can be
// followed, and what is asked of a renewal beside its form. Pure.
#pragma once

#include <optional>

#include "aggregates/partner.h"

namespace ledger::renewals {

// The offer as the catalogue in force has it; null: it isn't sold any more, or not for this area.
const fb::OfferT* offer_sold(const fb::OrderT& order, const Context& context);

// order.waiting-for-payment (itself, or what is to follow it), order.lapsed, order.withdrawn,
// order.cancelled, order.replaced.
std::optional<Refusal> refuse_without_end(const PartnerState& state, const fb::OrderT& order,
                                          const Context& context);

// renewal.done, renewal.charge-pending.
std::optional<Refusal> refuse_followed(const PartnerState& state, const fb::OrderT& order);

// A competency with an anniversary that the policy in force lets renew without requirements
// [EXT-01].
bool is_in_hardship(const fb::OrderT& order, const fb::PolicyVersionT& policy);

// The business profile was reviewed in the order's term, as its renewal asks for [MEM-07].
bool is_reviewed(const PartnerState& state, const fb::OrderT& order);

// profile.not-reviewed, profile.documents-missing [MEM-07], offer.requirements-unmet [MEM-08]: all
// since the term of the order began.
std::optional<Refusal> refuse_unprepared(const PartnerState& state, const fb::OrderT& order,
                                         const Context& context);

}  // namespace ledger::renewals
