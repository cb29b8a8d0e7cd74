// Moving a sandbox ledger's clock. It steps through the days on which something falls due, all
// partitions together, and issues what is due on each before the next: entries carry the day they
// fell due, and a jump of three years comes to what three years of waking come to. Killed anywhere,
// the same move goes on.
#pragma once

#include <functional>

#include "aggregates/answer.h"
#include "consumers/deadlines.h"

namespace ledger {

// The command of a move by the ledger's own, "clock-2021-02-01" its id.
std::string clock_command_id(Date to);
Bytes clock_command(Date to);

struct ClockMove {
    Date to;
    // Sent to every partition as the last step; empty: clock_command(to).
    Bytes command = {};
    // Whether to issue what falls due on the way.
    bool issues_due = true;
    // Told of each step before it is taken. False: no further.
    std::function<bool(Date on)> goes_on = {};
};

// The worst answer of all partitions to the last step, or to the one that failed. The views of
// `ledger` are at the end of the log.
Answer move_clock(const Ledger& ledger, Node& node, const ClockMove& move);

}  // namespace ledger
