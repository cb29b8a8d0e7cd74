// The time by which a worker's turns go: the monotonic clock without what the process slept. One
// that was stopped for a minute has to read what came meanwhile before anybody's patience is over.
// Confined to the worker.
#pragma once

#include <cstdint>

#include "aggregates/ports.h"

namespace ledger {

// The machine's clocks as they are.
Now clock_now();

class TurnClock {
public:
    // A turn longer than this was sleep, as far as it is longer.
    explicit TurnClock(std::int64_t turn_max_ms) : turn_max_ms_(turn_max_ms) {}

    // Once a turn.
    Now look();
    // The monotonic clock as of the last look, with what was slept; and how much that is.
    std::int64_t monotonic_ms() const { return looked_at_ms_; }
    std::int64_t asleep_ms() const { return asleep_ms_; }

private:
    std::int64_t turn_max_ms_;
    std::int64_t looked_at_ms_ = clock_now().monotonic_ms;
    std::int64_t asleep_ms_ = 0;
};

}  // namespace ledger
