// The time by which a worker's turns go: the monotonic clock without the time in which the process
// was stopped. After a minute's stop it must first read what came meanwhile, before anybody's
// patience is over. Confined to the worker.
#pragma once

#include <cstdint>

#include "aggregates/ports.h"

namespace ledger {

// The machine's clocks as they are.
Now clock_now();

class TurnClock {
public:
    // What a turn took beyond this counts as time in which the process was stopped.
    explicit TurnClock(std::int64_t turn_max_ms) : turn_max_ms_(turn_max_ms) {}

    // Once a turn.
    Now look();
    // The monotonic clock as of the last look, stops included; and how long those were in all.
    std::int64_t monotonic_ms() const { return looked_at_ms_; }
    std::int64_t asleep_ms() const { return asleep_ms_; }

private:
    std::int64_t turn_max_ms_;
    std::int64_t looked_at_ms_ = clock_now().monotonic_ms;
    std::int64_t asleep_ms_ = 0;
};

}  // namespace ledger
