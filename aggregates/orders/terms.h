// The term of an order by its dates [MEM-02..05, BEN-01, BEN-03]. A = anniversary, the last day of
// the term and the expiry of what it grants; the renewal window is A+1 .. A+n with n of the policy
// (30). What an order is on a day follows from these dates alone, never from whether a clock has
// ticked.
#pragma once

#include <optional>

#include "aggregates/partner.h"

namespace ledger::orders {

// The n-th anniversary of the first purchase: 29 February in leap years, 28 February otherwise.
Date anniversary_of(Date first_purchase, int years);

Date window_opens(const fb::OrderT& order);
// Last day of the window, on which benefits are still there [MEM-04].
Date window_closes(const fb::OrderT& order, const fb::PolicyVersionT& policy);

enum class Term { active, in_window, expired };

Term term_of(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy);

// Active or in its window.
bool is_open(const fb::OrderT& order, Date today, const fb::PolicyVersionT& policy);

// There were orders, and none of them is active or in its window [MEM-05].
bool is_read_only(const PartnerState& state, Date today, const fb::PolicyVersionT& policy);

// membership.read-only
std::optional<Refusal> refuse_read_only(const PartnerState& state, const Context& context);

const fb::OrderT* find_order(const PartnerState& state, std::string_view id);
fb::OrderT* find_order(PartnerState& state, std::string_view id);

}  // namespace ledger::orders
