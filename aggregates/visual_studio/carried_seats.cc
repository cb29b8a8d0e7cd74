#include "aggregates/visual_studio/carried_seats.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "aggregates/visual_studio/seats.h"

namespace ledger::visual_studio {
namespace {

bool is_earlier(const fb::SeatT* a, const fb::SeatT* b) {
    return std::tie(a->since, a->number) < std::tie(b->since, b->number);
}

}  // namespace

std::vector<std::uint32_t> carried_seats(const PartnerState& state, const fb::OrderT& ending,
                                         const fb::BenefitT& from, std::uint32_t granted,
                                         const Context& context) {
    std::vector<const fb::SeatT*> held, bound;
    for (const fb::SeatT& seat : from.seats) {
        if (!seat.person.empty() && !seat_of(state, from.sku, seat.person, context, ending.id))
            held.push_back(&seat);
        else if (!seat.person.empty())
            continue;
        else if (context.today < free_for_others(seat, context.policy))
            bound.push_back(&seat);
    }
    std::sort(held.begin(), held.end(), is_earlier);
    std::sort(bound.begin(), bound.end(), is_earlier);
    std::vector<std::uint32_t> numbers;
    std::set<std::string_view> persons;
    for (const fb::SeatT* seat : held)
        if (persons.insert(seat->person).second) numbers.push_back(seat->number);
    for (const fb::SeatT* seat : bound) numbers.push_back(seat->number);
    if (numbers.size() > granted) numbers.resize(granted);
    return numbers;
}

void take_over(fb::BenefitT& to, const fb::BenefitT& from,
               const flatbuffers::Vector<std::uint32_t>& seats) {
    for (const std::uint32_t number : seats) {
        if (to.seats.size() >= to.granted) return;
        for (const fb::SeatT& seat : from.seats) {
            if (seat.number != number) continue;
            fb::SeatT& heir = to.seats.emplace_back(seat);
            heir.number = static_cast<std::uint32_t>(to.seats.size());
            break;
        }
    }
}

}  // namespace ledger::visual_studio
