#include "aggregates/visual_studio/seats.h"

#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "aggregates/policy/first_day.h"
#include "events/record.h"

namespace ledger::visual_studio {
namespace {

template <typename Asked>
orders::Sought seek(const PartnerState& state, const Asked& asked, const Context& context) {
    orders::Sought sought = orders::seek(
        state,
        orders::want(asked, fb::BenefitKind::visual_studio_seat, refuse(say::BenefitNotSeats{})),
        context);
    if (sought.refusal && sought.refusal->code == RefusalCode::benefit_not_seats &&
        sought.benefit->kind == fb::BenefitKind::azure_usage)
        sought.refusal = refuse(say::BenefitForCompany{});
    // In its window a renewed order's seats are those of its renewal already.
    if (!sought.refusal) sought.refusal = orders::refuse_renewed(state, *sought.order);
    return sought;
}

// A member of a tenant, before the policy lets one hold a seat.
Refusal member_too_early(const PartnerState& state, const fb::OrderT& order,
                         std::string_view tenant, const Context& context) {
    Refusal refusal = refuse(say::PersonUnknownTenantNotEnough{});
    if (!has_tenant(state, tenant)) return refusal;
    const auto first = policy::first_day(
        context.policies, context.today,
        [](const fb::PolicyVersionT& later) { return later.seat_for_tenant_member; });
    if (first && orders::is_open(order, *first, context.policies)) refusal.earliest = first;
    return refusal;
}

// person.unknown [VSS-01]
std::optional<Refusal> refuse_person(const PartnerState& state, const fb::OrderT& order,
                                     std::string_view person, std::string_view tenant,
                                     const Context& context) {
    if (find_user(state, person)) return std::nullopt;
    if (tenant.empty()) return refuse(say::PersonUnknown{});
    if (!context.policy.seat_for_tenant_member)
        return member_too_early(state, order, tenant, context);
    if (has_tenant(state, tenant)) return std::nullopt;
    if (is_named_tenant(state, tenant)) return refuse(say::PersonUnknownTenantUnconfirmed{});
    return refuse(say::PersonUnknownTenantUnknown{});
}

const fb::SeatT* find_seat(const fb::BenefitT& benefit, std::uint32_t number) {
    for (const fb::SeatT& seat : benefit.seats)
        if (seat.number == number) return &seat;
    return nullptr;
}

// The tenant that lets the person hold a seat: none for one of the user list.
std::string_view tenant_of(const PartnerState& state, std::string_view person,
                           const flatbuffers::String* tenant) {
    return find_user(state, person) ? std::string_view{} : text_of(tenant);
}

// seat.person-has-one: a seat of this SKU in any order that hasn't expired [VSS-02]
std::optional<Refusal> refuse_second_seat(const PartnerState& state, const fb::BenefitT& benefit,
                                          std::string_view person, const Context& context) {
    const auto held = seat_of(state, benefit.sku, person, context);
    if (!held) return std::nullopt;
    return refuse(say::SeatPersonHasOne{.seat = held->seat->number, .order = held->order->id});
}

Refusal too_early(const fb::OrderT& order, const fb::SeatT& seat, const Context& context) {
    const Date free = free_for_others(seat, context.policy);
    Refusal refusal = refuse(say::SeatReassignTooEarly{
        .seat = seat.number, .since = Date{seat.since}, .days = context.policy.seat_move_days});
    if (orders::is_open(order, free, context.policies)) refusal.earliest = free;
    return refusal;
}

// The seat that the person gets, or why there is none.
struct Choice {
    std::uint32_t number = 0;            // 0: none
    const fb::SeatT* soonest = nullptr;  // free, but too early for this person
};

Choice choose_seat(const fb::BenefitT& benefit, std::string_view person, const Context& context) {
    Choice choice;
    for (const fb::SeatT& seat : benefit.seats) {
        if (!seat.person.empty()) continue;
        if (seat.previous == person) return {seat.number, nullptr};
        if (free_for_others(seat, context.policy) <= context.today) {
            if (choice.number == 0 || seat.number < choice.number) choice.number = seat.number;
        } else if (!choice.soonest || seat.since < choice.soonest->since) {
            choice.soonest = &seat;
        }
    }
    if (benefit.seats.size() < benefit.granted)
        choice.number = static_cast<std::uint32_t>(benefit.seats.size()) + 1;
    return choice;
}

// The seat that an event is about.
template <typename Happened>
fb::SeatT* find_seat(PartnerState& state, const Happened& happened, bool make) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return nullptr;
    for (fb::SeatT& seat : benefit->seats)
        if (seat.number == happened.seat()) return &seat;
    if (!make) return nullptr;
    fb::SeatT seat;
    seat.number = happened.seat();
    return &benefit->seats.emplace_back(std::move(seat));
}

}  // namespace

std::optional<HeldSeat> seat_of(const PartnerState& state, std::string_view sku,
                                std::string_view person, const Context& context,
                                std::string_view but_of) {
    for (const fb::OrderT& order : state.orders) {
        // A renewed order's seats are the renewal's.
        if (order.id == but_of || !order.renewed_by.empty()) continue;
        if (!orders::is_open(order, context.today, context.policies)) continue;
        for (const fb::BenefitT& line : order.benefits) {
            if (line.sku != sku) continue;
            for (const fb::SeatT& seat : line.seats)
                if (seat.person == person) return HeldSeat{&order, &seat};
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> seat_of_no_user(const PartnerState& state, const Context& context) {
    for (const fb::OrderT& order : state.orders) {
        if (!order.renewed_by.empty()) continue;
        if (!orders::is_open(order, context.today, context.policies)) continue;
        for (const fb::BenefitT& benefit : order.benefits)
            for (const fb::SeatT& seat : benefit.seats)
                if (!seat.person.empty() && !find_user(state, seat.person)) return seat.number;
    }
    return std::nullopt;
}

Date free_for_others(const fb::SeatT& seat, const fb::PolicyVersionT& policy) {
    return plus_days(Date{seat.since}, policy.seat_move_days);
}

Decision decide(const PartnerState& state, const fb::AssignSeat& asked, const Context& context) {
    orders::Sought sought = seek(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    const std::string_view person = text_of(asked.person());
    if (auto refusal =
            refuse_person(state, *sought.order, person, text_of(asked.tenant()), context))
        return *std::move(refusal);
    if (auto refusal = refuse_second_seat(state, *sought.benefit, person, context))
        return *std::move(refusal);
    if (auto refusal = orders::refuse_core_moved(*sought.benefit)) return *std::move(refusal);
    const Choice choice = choose_seat(*sought.benefit, person, context);
    if (choice.number == 0)
        return choice.soonest ? too_early(*sought.order, *choice.soonest, context)
                              : refuse(say::SeatNoneLeft{});
    fb::SeatAssignedT assigned;
    assigned.order = sought.order->id;
    assigned.sku = sought.benefit->sku;
    assigned.seat = choice.number;
    assigned.person = person;
    assigned.on = context.today.days;
    assigned.tenant = tenant_of(state, person, asked.tenant());
    return accept(std::move(assigned));
}

Decision decide(const PartnerState& state, const fb::MoveSeat& asked, const Context& context) {
    orders::Sought sought = seek(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    if (asked.seat() == 0 || asked.seat() > sought.benefit->granted)
        return refuse(say::SeatUnknown{});
    const fb::SeatT* seat = find_seat(*sought.benefit, asked.seat());
    if (!seat || seat->person.empty()) return refuse(say::SeatNotAssigned{});
    const std::string_view person = text_of(asked.person());
    if (seat->person == person) return nothing(say::SeatHeldAlready{});
    if (auto refusal =
            refuse_person(state, *sought.order, person, text_of(asked.tenant()), context))
        return *std::move(refusal);
    if (auto refusal = refuse_second_seat(state, *sought.benefit, person, context))
        return *std::move(refusal);
    if (context.today < free_for_others(*seat, context.policy))
        return too_early(*sought.order, *seat, context);
    fb::SeatMovedT moved;
    moved.order = sought.order->id;
    moved.sku = sought.benefit->sku;
    moved.seat = seat->number;
    moved.from = seat->person;
    moved.to = person;
    moved.on = context.today.days;
    moved.tenant = tenant_of(state, person, asked.tenant());
    return accept(std::move(moved));
}

Decision decide(const PartnerState& state, const fb::ReleaseSeat& asked, const Context& context) {
    orders::Sought sought = seek(state, asked, context);
    if (sought.refusal) return *std::move(sought.refusal);
    if (asked.seat() == 0 || asked.seat() > sought.benefit->granted)
        return refuse(say::SeatUnknown{});
    const fb::SeatT* seat = find_seat(*sought.benefit, asked.seat());
    if (!seat || seat->person.empty()) return nothing(say::SeatFreeAlready{});
    fb::SeatReleasedT released;
    released.order = sought.order->id;
    released.sku = sought.benefit->sku;
    released.seat = seat->number;
    released.person = seat->person;
    return accept(std::move(released));
}

void evolve(PartnerState& state, const fb::SeatAssigned& happened) {
    fb::SeatT* seat = find_seat(state, happened, true);
    if (!seat) return;
    // Put back: the original assignment goes on counting.
    if (seat->previous != text_of(happened.person())) seat->since = happened.on();
    seat->person = text_of(happened.person());
    seat->previous.clear();
}

void evolve(PartnerState& state, const fb::SeatMoved& happened) {
    fb::SeatT* seat = find_seat(state, happened, true);
    if (!seat) return;
    seat->person = text_of(happened.to());
    seat->previous.clear();
    seat->since = happened.on();
}

void evolve(PartnerState& state, const fb::SeatReleased& happened) {
    fb::SeatT* seat = find_seat(state, happened, false);
    if (!seat) return;
    seat->previous = std::move(seat->person);
    seat->person.clear();
}

}  // namespace ledger::visual_studio
