// `benefits list`: memberships, orders, charges and reminders of all partners, by day, from the
// index of projections/lists.h. What depends on dates is judged by the state as it stands now, on
// the day that the list is asked for. A page reads as much as it tells of, whatever lies around it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "partner_lists_generated.h"
#include "projections/answers/list_walk.h"

namespace ledger::answers {

// When the list is true, for the document's head.
fb::ListedAtT listed_at(const LedgerMoment& moment, Date day);

// False ends it. The line lives until it returns.
template <typename Line>
using OnLine = std::function<bool(const Line& line)>;

// Each gives true where the page is full and there are more. Error: the page's place is none of
// this list, or the rows can't be read or are damaged.

enum class MembershipsThat {
    stand,  // every one with a term, past or present
    end,    // within some days: the last term, or its renewal window
    ended,  // the account is read-only [MEM-05]
};
struct MembershipsAsked {
    MembershipsThat that = MembershipsThat::stand;
    std::int32_t within_days = 0;  // of those that end: on the day itself where it is 0
    Date day;
};
Result<bool> each_membership(const LedgerMoment& moment, const MembershipsAsked& asked,
                             const ListPage& page, const OnLine<fb::ListedMembershipT>& on_line);

enum class OrdersThat {
    stand,    // the newest of each chain that has a term, past or present
    end,      // of those, within some days: the term, or its renewal window
    expired,  // of those, not renewed in time [MEM-05]
    wait,  // for their money [MEM-13]; with `since` also those that lapsed, by the last day to pay
    failed,  // their renewal charge failed, they may still be renewed by hand [OFF-03]; with `since`
             // also those that expired, by the day on which it failed
};
struct OrdersAsked {
    OrdersThat that = OrdersThat::stand;
    std::int32_t within_days = 0;
    Date day;
};
Result<bool> each_order(const LedgerMoment& moment, const OrdersAsked& asked, const ListPage& page,
                        const OnLine<fb::ListedOrderT>& on_line);

enum class ChargesThat {
    stand,  // all of them
    wait,   // ordered, and no answer came [OFF-03]
    failed,
};
struct ChargesAsked {
    ChargesThat that = ChargesThat::stand;
    std::optional<Date> on;  // of that day alone
};
Result<bool> each_charge(const LedgerMoment& moment, const ChargesAsked& asked,
                         const ListPage& page, const OnLine<fb::ListedChargeT>& on_line);

struct RemindersAsked {
    // Those that were sent for these days, in the order of days.
    std::optional<DayRange> sent;
    // Behind them those that fall due on these days and weren't sent, today's and later ones: by day,
    // and of one day by anniversary. They are sent where nothing happens until then.
    std::optional<DayRange> due;
};
// Of those that fall due there is no order the other way round.
Result<bool> each_reminder(const LedgerMoment& moment, const RemindersAsked& asked,
                           const ListPage& page, const OnLine<fb::ListedReminderT>& on_line);

}  // namespace ledger::answers
