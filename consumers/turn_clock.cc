#include "consumers/turn_clock.h"

#include <algorithm>
#include <chrono>

#include "consumers/wall_clock.h"

namespace ledger {

Now clock_now() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count(),
            wall_clock().milliseconds};
}

Now TurnClock::look() {
    Now now = clock_now();
    asleep_ms_ += std::max<std::int64_t>(now.monotonic_ms - looked_at_ms_ - turn_max_ms_, 0);
    looked_at_ms_ = now.monotonic_ms;
    now.monotonic_ms -= asleep_ms_;
    return now;
}

}  // namespace ledger
