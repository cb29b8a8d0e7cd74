// Seats of per-user Visual Studio subscriptions: who holds which, and when one may go to another
// person [VSS-01..03]. Seats are numbered from 1 to what the order grants [BEN-04]. A person is on
// the partner's user list or, from 2020-12-15, a member of one of the partner's tenants that the
// command names. Seats may be assigned through the renewal window [BEN-03]. Pure; one PartnerState
// in, one decision out. Refusals are listed in the order in which they are checked; all begin with:
// role.missing (who manages benefits), membership.read-only, agreement.missing, order.unknown,
// benefit.unknown, benefit.not-seats or, of a usage-based Azure subscription, benefit.for-company
// [CLD-01], order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled,
// benefit.expired.
#pragma once

#include <optional>

#include "aggregates/partner.h"

namespace ledger::visual_studio {

// A seat of an open order whose holder is not on the user list, so may have it as a member of a
// tenant [VSS-01]; nothing when there is none.
std::optional<std::uint32_t> seat_of_no_user(const PartnerState& state, const Context& context);

struct HeldSeat {
    const fb::OrderT* order;
    const fb::SeatT* seat;
};

// The seat of that SKU that the person has in an open order, but for one order; of a renewed order
// they are the renewal's [VSS-02].
std::optional<HeldSeat> seat_of(const PartnerState& state, std::string_view sku,
                                std::string_view person, const Context& context,
                                std::string_view but_of = {});

// First day on which the seat may go to another person [VSS-03].
Date free_for_others(const fb::SeatT& seat, const fb::PolicyVersionT& policy);

// ..., person.unknown (earliest, for a member of a tenant of the partner's own: the day on which a
// later policy lets one hold a seat), seat.person-has-one (in any open order), benefit.core-moved,
// seat.reassign-too-early (none left but one that somebody was taken off; earliest: its first day
// for another person), seat.none-left. Takes the person's own former seat, else one never used, else
// the lowest that is free for anybody.
Decision decide(const PartnerState&, const fb::AssignSeat&, const Context&);

// ..., seat.unknown, seat.not-assigned, person.unknown, seat.person-has-one,
// seat.reassign-too-early (earliest: original assignment + policy.seat_move_days). Nothing when the
// person holds it already.
Decision decide(const PartnerState&, const fb::MoveSeat&, const Context&);

// ..., seat.unknown. Nothing when nobody holds it. The seat is not free for another person any
// earlier.
Decision decide(const PartnerState&, const fb::ReleaseSeat&, const Context&);

void evolve(PartnerState&, const fb::SeatAssigned&);
void evolve(PartnerState&, const fb::SeatMoved&);
void evolve(PartnerState&, const fb::SeatReleased&);

}  // namespace ledger::visual_studio
