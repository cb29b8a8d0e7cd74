// The days that are still to come, gathered from the areas: each adds the dates of its own rules,
// and what there is to say of them.
#pragma once

#include <string>
#include <vector>

#include "aggregates/sentence.h"
#include "events/date.h"
#include "standing_generated.h"

namespace ledger {

struct Coming {
    Date on;
    fb::ComingKind kind{};
    std::string order;  // empty: not of one order
    Said what;          // under its rule, where there is one
};

class Calendar {
public:
    explicit Calendar(Date today) : today_(today) {}

    Date today() const { return today_; }

    // A day that is over is passed over. `order` may be empty.
    void add(Date on, fb::ComingKind kind, const std::string& order, Said what);

    // Those of one day in the order in which they were added.
    std::vector<Coming> soonest_first();

private:
    Date today_;
    std::vector<Coming> coming_;
};

}  // namespace ledger
