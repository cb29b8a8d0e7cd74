#include "projections/answers/list_walk.h"

#include <algorithm>

#include "aggregates/orders/terms.h"
#include "projections/queries.h"

namespace ledger::answers {
namespace {

Error list_damaged(const std::string& what) {
    return error(views::kRowDamaged, "the index of the lists " + what + "; run 'benefits rebuild'");
}

class ListWalker {
public:
    ListWalker(const LedgerMoment& moment, const ListWay& way, const ListPage& page,
               const OnFound& on_found)
        : moment_(moment), way_(way), page_(page), on_found_(on_found) {}

    Result<bool> walk();

private:
    Result<void> walk_days(DayRange days);
    // False: no further.
    Result<bool> look_at(std::string_view key);
    std::string first_key(DayRange days) const;

    const LedgerMoment& moment_;
    const ListWay& way_;
    const ListPage& page_;
    const OnFound& on_found_;
    std::string after_;  // a key; empty: from the beginning
    std::uint64_t told_ = 0;
    bool more_ = false;
    bool ended_ = false;
};

// Where a range begins on the way: behind the last page, if that ended in it.
std::string ListWalker::first_key(DayRange days) const {
    if (page_.newest_first) {
        std::string end = views::list_day(way_.kind, plus_days(days.last, 1));
        return after_.empty() ? end : std::min(end, after_);
    }
    return std::max(views::list_day(way_.kind, days.first), after_);
}

Result<void> ListWalker::walk_days(DayRange days) {
    const std::string first = first_key(days);
    const std::string begin = views::list_day(way_.kind, days.first);
    const std::string end = views::list_day(way_.kind, plus_days(days.last, 1));
    if (first < begin || (!page_.newest_first && first >= end)) return {};
    const char kind = static_cast<char>(way_.kind);
    const views::Walk walk{{&kind, 1}, first, page_.newest_first};
    Result<void> went;
    const auto walked =
        moment_.rows.walk(views::Family::lists, walk, [&](std::string_view key, std::string_view) {
            if (key == after_) return true;
            if (page_.newest_first ? key < begin : key >= end) return false;
            const auto goes_on = look_at(key);
            if (!goes_on) went = goes_on.error();
            ended_ = !goes_on || !*goes_on;
            return !ended_;
        });
    return walked ? went : walked;
}

Result<bool> ListWalker::look_at(std::string_view bytes) {
    const auto key = views::parse_list_key(bytes);
    if (!key) return list_damaged("has a row that is damaged");
    const PartnerId partner{std::string(key->partner)};
    const auto state = views::find_partner(moment_.rows, partner);
    if (!state) return state.error();
    if (!*state) return list_damaged("names partner '" + partner.text() + "', who isn't there");
    const std::string_view order = key->thing.substr(0, key->thing.find('\0'));
    const Found found{*key, **state, orders::find_order(**state, order),
                      moment_.policies_of(key->partner), views::place_of(*key)};
    if (!order.empty() && !found.order)
        return list_damaged("names order '" + std::string(order) + "' of partner '" +
                            partner.text() + "', which isn't there");
    if (!way_.fits(found)) return true;
    if (told_ == page_.limit) {
        more_ = true;
        return false;
    }
    ++told_;
    return on_found_(found);
}

Result<bool> ListWalker::walk() {
    if (page_.limit == 0U) return false;
    if (!page_.after.empty()) {
        const auto after = views::key_at(way_.kind, page_.after);
        if (!after)
            return error(kNoSuchPlace, "'" + page_.after +
                                           "' is no place in a list: give that of a line, like "
                                           "2021-09-01/contoso/ap-2020");
        after_ = *after;
    }
    std::vector<DayRange> ranges = way_.days;
    if (page_.newest_first) std::reverse(ranges.begin(), ranges.end());
    for (DayRange days : ranges) {
        if (page_.since) days.first = std::max(days.first, *page_.since);
        if (days.last < days.first) continue;
        if (const auto walked = walk_days(days); !walked) return walked.error();
        if (ended_) break;
    }
    return more_;
}

}  // namespace

std::vector<DayRange> days_where(DayRange range, const std::function<bool(Date)>& holds) {
    std::vector<DayRange> found;
    for (Date day = range.first; day <= range.last; day = plus_days(day, 1)) {
        if (!holds(day)) continue;
        if (!found.empty() && plus_days(found.back().last, 1) == day)
            found.back().last = day;
        else
            found.push_back({day, day});
    }
    return found;
}

Result<bool> walk_list(const LedgerMoment& moment, const ListWay& way, const ListPage& page,
                       const OnFound& on_found) {
    return ListWalker(moment, way, page, on_found).walk();
}

}  // namespace ledger::answers
