#include "aggregates/visual_studio/coming.h"

#include <algorithm>
#include <map>

#include "aggregates/orders/terms.h"
#include "aggregates/visual_studio/seats.h"

namespace ledger::visual_studio {

void add_coming(Calendar& calendar, const fb::OrderT& order, const fb::BenefitT& benefit,
                const Policies& policies) {
    if (!order.renewed_by.empty() || !orders::is_open(order, calendar.today(), policies)) return;
    std::vector<const fb::SeatT*> seats;
    for (const fb::SeatT& seat : benefit.seats) seats.push_back(&seat);
    std::sort(seats.begin(), seats.end(),
              [](const fb::SeatT* a, const fb::SeatT* b) { return a->number < b->number; });
    std::map<Date, std::string> free;
    for (const fb::SeatT* seat : seats) {
        const Date on = free_for_others(*seat, policies.on(calendar.today()));
        if (on <= calendar.today() || orders::window_closes(order, policies) < on) continue;
        std::string& words = free[on];
        words += (words.empty() ? "" : ", ") + std::to_string(seat->number) + " (" +
                 (seat->person.empty() ? "nobody" : seat->person) + ")";
    }
    for (const auto& [on, numbers] : free)
        calendar.add(on, fb::ComingKind::seat_movable, order.id,
                     "may go to another person: seat " + numbers + " of " + benefit.sku, "VSS-03");
}

}  // namespace ledger::visual_studio
