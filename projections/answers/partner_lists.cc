#include "projections/answers/partner_lists.h"

#include <algorithm>
#include <memory>

#include "aggregates/orders/charge.h"
#include "aggregates/orders/terms.h"
#include "projections/answers/due_reminders.h"

namespace ledger::answers {
namespace {

using ListedDay = flatbuffers::Optional<std::int32_t>;

// Of a state's date, where 0 stands for none.
ListedDay day_if_set(std::int32_t days) { return days == 0 ? ListedDay{} : ListedDay{days}; }

// How long renewal windows are, the longest of any version.
std::int32_t longest_window_days(const Policies& policies) {
    std::int32_t longest = 0;
    for (const fb::PolicyVersionT& policy : policies.all())
        longest = std::max<std::int32_t>(longest, policy.renewal_window_days);
    return longest;
}

// The days of a question about anniversaries. Versions stand in every partition alike but for the
// moment in which one is published, so those of the first serve to find the days; each order is
// judged by those of its own partition.
class AnniversaryDays {
public:
    AnniversaryDays(const LedgerMoment& moment, Date day)
        : policies_(policies_of(moment.ledgers.front())), day_(day) {}

    // Terms that end on the day or within some days of it, and windows that do.
    std::vector<DayRange> ending(std::int32_t within_days) const {
        const Date last = plus_days(day_, within_days);
        std::vector<DayRange> days = days_where(near(), [&](Date anniversary) {
            const Date closes = window_closes_of(anniversary);
            return day_ <= closes && closes <= last;
        });
        days.push_back({day_, last});
        return days;
    }
    // Those whose window has closed.
    std::vector<DayRange> expired() const {
        std::vector<DayRange> days{{kFirstDate, plus_days(near().first, -1)}};
        for (const DayRange& more : days_where(
                 near(), [&](Date anniversary) { return window_closes_of(anniversary) < day_; }))
            days.push_back(more);
        return days;
    }
    // Before it no window is open any more.
    Date oldest_window() const { return near().first; }

private:
    // Anniversaries whose window may be open.
    DayRange near() const {
        return {plus_days(day_, -longest_window_days(policies_)), plus_days(day_, -1)};
    }
    Date window_closes_of(Date anniversary) const {
        fb::OrderT order;
        order.anniversary = anniversary.days;
        return orders::window_closes(order, policies_);
    }

    const Policies policies_;
    const Date day_;
};

bool ends_within(const fb::OrderT& order, const Policies& policies, Date day,
                 std::int32_t within_days) {
    const Date last = plus_days(day, within_days);
    const orders::Term term = orders::term_of(order, day, policies);
    if (term == orders::Term::active) return Date{order.anniversary} <= last;
    return term == orders::Term::in_window && orders::window_closes(order, policies) <= last;
}

fb::ListedMembershipT membership_line(const Found& found, Date day) {
    const fb::OrderT& order = *views::last_term(found.state);
    fb::ListedMembershipT line;
    line.ends = order.anniversary;
    line.partner = found.state.partner;
    line.legal_name = found.state.legal_name;
    line.membership = orders::membership_of(found.state, day, found.policies);
    line.term = orders::term_of(order, day, found.policies);
    line.days_left = orders::days_left(order, day, found.policies);
    line.window_closes = orders::window_closes(order, found.policies).days;
    line.order = order.id;
    line.offer = order.offer;
    line.automatic_renewal = order.automatic_renewal;
    line.place = found.place;
    return line;
}

fb::ListedOrderT listed_order(const Found& found, Date day) {
    const fb::OrderT& order = *found.order;
    fb::ListedOrderT line;
    line.on = found.key.on.days;
    line.partner = found.state.partner;
    line.legal_name = found.state.legal_name;
    line.order = order.id;
    line.offer = order.offer;
    line.competency = order.competency;
    line.term = orders::term_of(order, day, found.policies);
    line.days_left = orders::days_left(order, day, found.policies);
    line.start = day_if_set(order.start);
    line.anniversary = day_if_set(order.anniversary);
    if (line.anniversary) line.window_closes = orders::window_closes(order, found.policies).days;
    line.pay_by = day_if_set(order.pay_by);
    line.charge = orders::charge_of(order);
    line.payment = order.payment;
    line.automatic_renewal = order.automatic_renewal;
    line.charge_ordered = day_if_set(order.charge_ordered);
    line.charge_failed = day_if_set(order.charge_failed);
    line.place = found.place;
    return line;
}

fb::ChargeStanding standing_in(const views::ListKey& key) {
    if (key.thing.ends_with(views::kChargePaid)) return fb::ChargeStanding::paid;
    return key.thing.ends_with(views::kChargeFailed) ? fb::ChargeStanding::failed
                                                     : fb::ChargeStanding::ordered;
}

// The day on which the charge was ordered that paid for this renewal. While one is open nothing else
// renews, so it paid for the first there was, unless it failed.
ListedDay ordered_before(const PartnerState& state, const fb::OrderT& order) {
    const fb::OrderT* before = orders::find_order(state, order.renews);
    if (!before || before->charge_failed != 0) return {};
    const auto first =
        std::find_if(state.orders.begin(), state.orders.end(),
                     [&](const fb::OrderT& each) { return each.renews == order.renews; });
    return first->id == order.id ? day_if_set(before->charge_ordered) : ListedDay{};
}

fb::ListedChargeT charge_line(const Found& found) {
    const fb::OrderT& order = *found.order;
    fb::ListedChargeT line;
    line.on = found.key.on.days;
    line.partner = found.state.partner;
    line.legal_name = found.state.legal_name;
    line.standing = standing_in(found.key);
    line.charge = orders::charge_of(order);
    line.payment = order.payment;
    line.order = order.id;
    if (line.standing == fb::ChargeStanding::paid) {
        line.renewal = !order.renews.empty();
        line.refunded = day_if_set(order.cancelled);
        line.ordered = ordered_before(found.state, order);
    } else {
        line.renewal = true;
        line.renewal_order = order.renewal_order;
        line.ordered = day_if_set(order.charge_ordered);
    }
    line.place = found.place;
    return line;
}

fb::ListedReminderT sent_line(const Found& found) {
    const fb::OrderT& order = *found.order;
    fb::ListedReminderT line;
    line.due = found.key.on.days;
    line.partner = found.state.partner;
    line.legal_name = found.state.legal_name;
    line.order = order.id;
    line.offer = order.offer;
    line.anniversary = order.anniversary;
    line.offset = found.key.on.days - order.anniversary;
    line.sent = true;
    line.place = found.place;
    return line;
}

ListWay way_of(const LedgerMoment& moment, const OrdersAsked& asked, bool since) {
    const Date day = asked.day;
    const AnniversaryDays anniversaries(moment, day);
    switch (asked.that) {
        case OrdersThat::stand:
            break;
        case OrdersThat::end:
            return {views::Listed::order, anniversaries.ending(asked.within_days),
                    [day, within = asked.within_days](const Found& found) {
                        return ends_within(*found.order, found.policies, day, within);
                    }};
        case OrdersThat::expired:
            return {views::Listed::order, anniversaries.expired(), [day](const Found& found) {
                        return orders::term_of(*found.order, day, found.policies) ==
                               orders::Term::expired;
                    }};
        case OrdersThat::wait:
            return {views::Listed::unpaid_order, {{since ? kFirstDate : day, kAllDays.last}}};
        case OrdersThat::failed:
            return {views::Listed::unrenewed_order,
                    {{since ? kFirstDate : anniversaries.oldest_window(), kAllDays.last}},
                    [day, since](const Found& found) {
                        return since || orders::is_open(*found.order, day, found.policies);
                    }};
    }
    return {views::Listed::order, {kAllDays}};
}

ListWay way_of(const LedgerMoment& moment, const MembershipsAsked& asked) {
    const Date day = asked.day;
    const AnniversaryDays anniversaries(moment, day);
    switch (asked.that) {
        case MembershipsThat::stand:
            break;
        case MembershipsThat::end:
            return {views::Listed::membership, anniversaries.ending(asked.within_days),
                    [day, within = asked.within_days](const Found& found) {
                        return ends_within(*views::last_term(found.state), found.policies, day,
                                           within);
                    }};
        case MembershipsThat::ended:
            return {views::Listed::membership, anniversaries.expired(), [day](const Found& found) {
                        return orders::is_read_only(found.state, day, found.policies);
                    }};
    }
    return {views::Listed::membership, {kAllDays}};
}

views::Listed kind_of(ChargesThat that) {
    switch (that) {
        case ChargesThat::stand:
            return views::Listed::charge;
        case ChargesThat::wait:
            return views::Listed::open_charge;
        case ChargesThat::failed:
            return views::Listed::failed_charge;
    }
    return views::Listed::charge;
}

}  // namespace

fb::ListedAtT listed_at(const LedgerMoment& moment, Date day) {
    fb::ListedAtT at;
    at.today = moment.today.days;
    at.day = day.days;
    for (const Position position : moment.positions) at.positions.push_back(number(position));
    return at;
}

Result<bool> each_membership(const LedgerMoment& moment, const MembershipsAsked& asked,
                             const ListPage& page, const OnLine<fb::ListedMembershipT>& on_line) {
    ListWay way = way_of(moment, asked);
    // The index is a function of the partner's row: where it names a membership there is a term.
    way.fits = [fits = std::move(way.fits)](const Found& found) {
        return views::last_term(found.state) && fits(found);
    };
    return walk_list(moment, way, page, [&](const Found& found) {
        return on_line(membership_line(found, asked.day));
    });
}

Result<bool> each_order(const LedgerMoment& moment, const OrdersAsked& asked, const ListPage& page,
                        const OnLine<fb::ListedOrderT>& on_line) {
    return walk_list(moment, way_of(moment, asked, page.since.has_value()), page,
                     [&](const Found& found) { return on_line(listed_order(found, asked.day)); });
}

Result<bool> each_charge(const LedgerMoment& moment, const ChargesAsked& asked,
                         const ListPage& page, const OnLine<fb::ListedChargeT>& on_line) {
    const DayRange days = asked.on ? DayRange{*asked.on, *asked.on} : kAllDays;
    return walk_list(moment, {kind_of(asked.that), {days}}, page,
                     [&](const Found& found) { return on_line(charge_line(found)); });
}

Result<bool> each_reminder(const LedgerMoment& moment, const RemindersAsked& asked,
                           const ListPage& page, const OnLine<fb::ListedReminderT>& on_line) {
    std::uint64_t told = 0;
    bool ended = false;
    if (asked.sent && !is_due_place(page.after)) {
        const ListWay way{views::Listed::reminder, {*asked.sent}};
        const auto more = walk_list(moment, way, page, [&](const Found& found) {
            ++told;
            ended = !on_line(sent_line(found));
            return !ended;
        });
        if (!more || *more || ended) return more;
    }
    if (!asked.due) return false;
    return each_due_reminder(moment, *asked.due, page, told, on_line);
}

}  // namespace ledger::answers
