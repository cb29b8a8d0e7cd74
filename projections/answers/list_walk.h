// A way through the index of the lists (projections/lists.h): by the page, from a place that has a
// name, in either order. It reads the rows of the index that it tells of, their partners' rows, one
// more, and what is passed over; nothing else.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "events/result.h"
#include "projections/answers/ledger_moment.h"
#include "projections/lists.h"

namespace ledger::answers {

inline constexpr ErrorCode kNoSuchPlace{"list.no-such-place"};

struct ListPage {
    std::optional<std::uint64_t> limit;  // at most so many lines
    std::string after;                   // the lines behind this place; empty: from the beginning
    std::optional<Date> since;           // of that day of the list and later ones
    bool newest_first = false;
};

// From the first through the last.
struct DayRange {
    Date first;
    Date last;
};
inline constexpr DayRange kAllDays{kFirstDate, Date{INT32_MAX - 1}};

// DayRange of a range on which something holds, as ranges in their order.
std::vector<DayRange> days_where(DayRange range, const std::function<bool(Date)>& holds);

// What a row of the index leads to. Lives until what is told of it returns.
struct Found {
    const views::ListKey& key;
    const PartnerState& state;
    const fb::OrderT* order;  // null where the thing is no order
    Policies policies;
    std::string place;
};

struct ListWay {
    views::Listed kind{};
    std::vector<DayRange> days;  // in their order, none overlaps another
    // Whether it belongs into the list; others are passed over.
    std::function<bool(const Found&)> fits = [](const Found&) { return true; };
};

// False ends it.
using OnFound = std::function<bool(const Found&)>;

// True: the page is full and there are more. Error: the page's place is none of this list, or the
// rows can't be read or are damaged.
Result<bool> walk_list(const LedgerMoment& moment, const ListWay& way, const ListPage& page,
                       const OnFound& on_found);

}  // namespace ledger::answers
