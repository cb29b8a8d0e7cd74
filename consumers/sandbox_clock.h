// Moving a sandbox ledger's clock. It steps through the days on which something falls due, all
// partitions together, and issues what is due on each before the next: entries carry the day they
// fell due, and a jump of three years comes to what three years of waking come to. Killed anywhere,
// the same move goes on.
#pragma once

#include <chrono>
#include <functional>

#include "aggregates/answer.h"
#include "consumers/ledger.h"

namespace ledger {

struct ClockMove {
    Date to;
    // What moves the clock to `to`, in every partition; empty: clock_command(to).
    Bytes command = {};
    // Whether to issue what falls due through `to`.
    bool issues_due = true;
    // For all answers of one step, the move of the clock or what is due then. When it is over the
    // node is closed: what is open is answered, "unknown" where it may be in the log.
    std::chrono::milliseconds patience{35'000};
    // Asked before each step. False: no further.
    std::function<bool()> goes_on = {};
};

// The worst answer of all partitions to the move, or to the step that failed. What one partition
// would refuse moves none. A ledger that is no sandbox refuses it.
Answer move_clock(const Ledger& ledger, Node& node, const ClockMove& move);

}  // namespace ledger
