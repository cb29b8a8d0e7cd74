#include "aggregates/calendar.h"

#include <algorithm>

namespace ledger {

void Calendar::add(Date on, fb::ComingKind kind, const std::string& order, std::string what,
                   std::string_view rule) {
    if (on < today_) return;
    fb::ComingT coming;
    coming.on = on.days;
    coming.kind = kind;
    coming.order = order;
    coming.what = std::move(what);
    coming.rule = rule;
    coming_.push_back(std::move(coming));
}

std::vector<fb::ComingT> Calendar::soonest_first() {
    std::stable_sort(coming_.begin(), coming_.end(),
                     [](const fb::ComingT& a, const fb::ComingT& b) { return a.on < b.on; });
    return std::move(coming_);
}

}  // namespace ledger
