// The days that are still to come, gathered from the areas: each adds the dates of its own rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/date.h"
#include "standing_generated.h"

namespace ledger {

class Calendar {
public:
    explicit Calendar(Date today) : today_(today) {}

    Date today() const { return today_; }

    // A day that is over is passed over. `order` and `rule` may be empty; `what` is in words.
    void add(Date on, fb::ComingKind kind, const std::string& order, std::string what,
             std::string_view rule);

    // Those of one day in the order in which they were added.
    std::vector<fb::ComingT> soonest_first();

private:
    Date today_;
    std::vector<fb::ComingT> coming_;
};

}  // namespace ledger
