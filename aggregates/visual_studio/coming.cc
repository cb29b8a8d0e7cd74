#include "aggregates/visual_studio/coming.h"

#include <algorithm>
#include <map>

#include "aggregates/orders/terms.h"
#include "aggregates/visual_studio/seats.h"
#include "refusals_generated.h"

namespace ledger::visual_studio {

void add_coming(Calendar& calendar, const fb::OrderT& order, const fb::BenefitT& benefit,
                const Policies& policies) {
    if (!order.renewed_by.empty() || !orders::is_open(order, calendar.today(), policies)) return;
    std::vector<const fb::SeatT*> seats;
    for (const fb::SeatT& seat : benefit.seats) seats.push_back(&seat);
    std::sort(seats.begin(), seats.end(),
              [](const fb::SeatT* a, const fb::SeatT* b) { return a->number < b->number; });
    std::map<Date, SeatsText> free;
    for (const fb::SeatT* seat : seats) {
        const Date on = free_for_others(*seat, policies.on(calendar.today()));
        if (on <= calendar.today() || orders::window_closes(order, policies) < on) continue;
        free[on].add(seat->number, seat->person);
    }
    for (const auto& [on, freed] : free)
        calendar.add(on, fb::ComingKind::seat_movable, order.id,
                     tell(say::ComingSeatMovable{.seats = freed, .sku = benefit.sku}));
}

}  // namespace ledger::visual_studio
