#include "projections/answers/due_reminders.h"

#include <algorithm>

#include "aggregates/orders/reminders.h"

namespace ledger::answers {
namespace {

constexpr std::size_t kDayTextBytes = 10;
constexpr std::int64_t kDuePlaceDividers = 3;

bool is_still_due(const Found& found, Date due) {
    const auto days = orders::reminders_due(*found.order, found.policies);
    return std::binary_search(days.begin(), days.end(), due);
}

class DueWalk {
public:
    using OnReminder = std::function<bool(const fb::ListedReminderT&)>;

    DueWalk(const LedgerMoment& moment, const ListPage& page, std::uint64_t told,
            const OnReminder& on_line)
        : moment_(moment), page_(page), told_(told), on_line_(on_line) {}

    Result<bool> walk(DayRange due);

private:
    void begin_behind(std::string_view place);
    Result<void> walk_day(Date due);
    Result<void> walk_anniversary(Date due, Date anniversary);
    bool tell(Date due, const Found& found);

    const LedgerMoment& moment_;
    const ListPage& page_;
    std::uint64_t told_;
    const OnReminder& on_line_;
    // Of the place behind which it begins.
    std::optional<Date> after_due_;
    Date after_anniversary_;
    std::string after_;  // in the list of orders
    bool more_ = false;
    bool ended_ = false;
};

void DueWalk::begin_behind(std::string_view place) {
    if (!is_due_place(place)) return;
    after_due_ = parse_date(place.substr(0, kDayTextBytes));
    after_ = place.substr(kDayTextBytes + 1);
    after_anniversary_ = *parse_date(std::string_view(after_).substr(0, kDayTextBytes));
}

bool DueWalk::tell(Date due, const Found& found) {
    if (told_ == page_.limit) {
        more_ = ended_ = true;
        return false;
    }
    ++told_;
    const fb::OrderT& order = *found.order;
    fb::ListedReminderT line;
    line.due = due.days;
    line.partner = found.state.partner;
    line.legal_name = found.state.legal_name;
    line.order = order.id;
    line.offer = order.offer;
    line.anniversary = order.anniversary;
    line.offset = due.days - order.anniversary;
    line.place = to_string(due) + "/" + found.place;
    ended_ = !on_line_(line);
    return !ended_;
}

Result<void> DueWalk::walk_anniversary(Date due, Date anniversary) {
    ListPage page;
    if (after_due_ == due && after_anniversary_ == anniversary) page.after = after_;
    const ListWay way{views::Listed::order,
                      {{anniversary, anniversary}},
                      [due](const Found& found) { return is_still_due(found, due); }};
    const auto walked =
        walk_list(moment_, way, page, [&](const Found& found) { return tell(due, found); });
    if (!walked) return walked.error();
    return {};
}

// The later the anniversary, the earlier it stands.
Result<void> DueWalk::walk_day(Date due) {
    const Policies policies = policies_of(moment_.ledgers.front());
    for (const std::int32_t offset : orders::reminder_days(policies.on(due))) {
        const Date anniversary = plus_days(due, -offset);
        if (after_due_ == due && anniversary > after_anniversary_) continue;
        if (const auto walked = walk_anniversary(due, anniversary); !walked || ended_)
            return walked;
    }
    return {};
}

Result<bool> DueWalk::walk(DayRange due) {
    begin_behind(page_.after);
    Date first = std::max(due.first, moment_.today);
    if (page_.since) first = std::max(first, *page_.since);
    if (after_due_) first = std::max(first, *after_due_);
    for (Date day = first; day <= due.last && !ended_; day = plus_days(day, 1))
        if (const auto walked = walk_day(day); !walked) return walked.error();
    return more_;
}

}  // namespace

bool is_due_place(std::string_view place) {
    return std::count(place.begin(), place.end(), '/') == kDuePlaceDividers &&
           place.size() > 2 * kDayTextBytes + 1 && parse_date(place.substr(0, kDayTextBytes)) &&
           parse_date(place.substr(kDayTextBytes + 1, kDayTextBytes));
}

Result<bool> each_due_reminder(const LedgerMoment& moment, DayRange due, const ListPage& page,
                               std::uint64_t told,
                               const std::function<bool(const fb::ListedReminderT&)>& on_line) {
    return DueWalk(moment, page, told, on_line).walk(due);
}

}  // namespace ledger::answers
