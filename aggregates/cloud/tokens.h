// Tokens of licence-based cloud subscriptions [CLD-02, CLD-03, CLD-05, BEN-01, BEN-02]: issued from
// the stock, then redeemed whole and once, on one of the partner's own tenants, for a new
// subscription that ends on the same day next year, whatever becomes of the order. Used units are
// the seats of redeemed tokens; an issue takes none. A redemption ends the right to a refund of
// "nothing used" [OFF-06]; an issue does not. Pure; one PartnerState in, one decision out. Refusals
// are listed in the order in which they are checked; all begin with: role.missing (who manages
// benefits), membership.read-only, agreement.missing, order.unknown, benefit.unknown,
// benefit.not-token, order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled,
// benefit.expired.
#pragma once

#include <optional>

#include "aggregates/partner.h"

namespace ledger::cloud {

// The last day of the subscriptions that tokens were redeemed for on that tenant; nothing when none
// was.
std::optional<Date> subscribed_until(const PartnerState& state, std::string_view tenant);

// ..., benefit.core-moved, benefit.lapsed, key.not-delivered, token.none-left (all that is granted
// was delivered and issued).
Decision decide(const PartnerState&, const fb::IssueToken&, const Context&);

// ..., token.unknown, token.not-issued, token.already-redeemed, token.tenant-unconfirmed,
// token.customer-tenant, benefit.core-moved, benefit.lapsed, token.not-splittable, token.none-left
// (support counted other seats as used [LED-07]).
Decision decide(const PartnerState&, const fb::RedeemToken&, const Context&);

void evolve(PartnerState&, const fb::TokenIssued&);
void evolve(PartnerState&, const fb::TokenRedeemed&);

}  // namespace ledger::cloud
