#include "aggregates/calendar.h"

#include <algorithm>

namespace ledger {

void Calendar::add(Date on, fb::ComingKind kind, const std::string& order, Said what) {
    if (today_ <= on) coming_.push_back({on, kind, order, std::move(what)});
}

std::vector<Coming> Calendar::soonest_first() {
    std::stable_sort(coming_.begin(), coming_.end(),
                     [](const Coming& a, const Coming& b) { return a.on < b.on; });
    return std::move(coming_);
}

}  // namespace ledger
