// The term of an order by its dates [MEM-02..05, BEN-01, BEN-03]. A = anniversary, the last day of
// the term and the expiry of what it grants; the renewal window is A+1 .. A+n with n of the policy
// that is in force on A+1, so that no later version opens again what has expired. An order by bank
// transfer has no term before its money comes, one that was withdrawn before has never had one, and
// a cancelled one has none any more [MEM-13, OFF-06]. A renewal is an order of its own: the chain's
// newest order is its head, and what was taken of an older one stays usable while the head is open
// [BEN-05]. What an order is on a day follows from its dates alone, never from whether a clock has
// ticked.
#pragma once

#include <optional>

#include "aggregates/partner.h"
#include "standing_generated.h"

namespace ledger::orders {

// The n-th anniversary of the first purchase: 29 February in leap years, 28 February otherwise.
Date anniversary_of(Date first_purchase, int years);

// The last day of the term that follows this order's, counted from the first day of the chain: a 29
// February comes back in leap years.
Date next_anniversary(const fb::OrderT& order);

Date window_opens(const fb::OrderT& order);
// Last day of the window, on which benefits are still there [MEM-04].
Date window_closes(const fb::OrderT& order, const Policies& policies);

// The first day on which the money of an order that waits for it can't come any more: it has lapsed
// [MEM-13].
Date lapses_on(const fb::OrderT& order);

// For its money.
bool is_waiting(const fb::OrderT& order, Date today);

using Term = fb::OrderTerm;

Term term_of(const fb::OrderT& order, Date today, const Policies& policies);

// How many days are left of that: the last one that counts is one. 0 of a term, a renewal window or
// a wait that is over.
std::int32_t days_left(const fb::OrderT& order, Date today, const Policies& policies);

// There is, or was, a term that its benefits go by.
bool has_begun(Term term);

// Gives the order a term, and all it grants the term's last day as expiry [BEN-01]. Anniversaries
// are counted from `first`.
void begin_term(fb::OrderT& order, Date first, Date start, Date anniversary);

// Active or in its window.
bool is_open(const fb::OrderT& order, Date today, const Policies& policies);

// A charge for its renewal was ordered, and nobody has said yet how it went [OFF-03].
bool awaits_charge(const fb::OrderT& order);

// Open, waiting for its money, or for that of its renewal: what may not stand twice may not be
// bought meanwhile.
bool is_held(const fb::OrderT& order, Date today, const Policies& policies);

// The newest order of the chain of renewals that this one belongs to; itself where it has not been
// renewed.
const fb::OrderT& head_of(const PartnerState& state, const fb::OrderT& order);

// Its membership goes on, by itself or by a renewal of it: what was taken of it may be used.
bool is_in_force(const PartnerState& state, const fb::OrderT& order, Date today,
                 const Policies& policies);

// Some order has expired, and none is active or in its window [MEM-05]. An order that never began,
// or was cancelled and paid back, is no membership that could expire. And it takes nobody out of
// read-only either: a waiting one does so once it is paid. A purchase is taken all the same: a new
// start.
bool is_read_only(const PartnerState& state, Date today, const Policies& policies);

// What the membership is [ACC-03, ACC-10, MEM-05].
fb::Membership membership_of(const PartnerState& state, Date today, const Policies& policies);

// membership.read-only
std::optional<Refusal> refuse_read_only(const PartnerState& state, const Context& context);

// order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled, order.replaced: the
// order has no term, past or present, that anything goes by.
std::optional<Refusal> refuse_without_term(const fb::OrderT& order, const Context& context);

// order.not-waiting: the order has been paid.
Refusal refuse_not_waiting(const fb::OrderT& order);

// ..., benefit.expired: nothing of what the order grants can be used today.
std::optional<Refusal> refuse_unusable(const PartnerState& state, const fb::OrderT& order,
                                       const Context& context);

// order.renewed: what goes on from term to term is taken of the chain's newest order [BEN-07].
std::optional<Refusal> refuse_renewed(const PartnerState& state, const fb::OrderT& order);

// An order has this id, or will have it when the charge is paid that was ordered for it.
bool is_order_id_taken(const PartnerState& state, std::string_view id);

// The order by bank transfer that is to renew or replace this one once its money has come; null:
// none waits.
const fb::OrderT* waiting_successor(const PartnerState& state, const fb::OrderT& order, Date today);

const fb::OrderT* find_order(const PartnerState& state, std::string_view id);
fb::OrderT* find_order(PartnerState& state, std::string_view id);

}  // namespace ledger::orders
