// Moving a sandbox ledger's clock. It steps through the days on which something falls due, all
// partitions together, and issues what is due on each before the next: entries carry the day they
// fell due, and a jump of three years comes to what three years of waking come to. Killed anywhere,
// the same move goes on.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "aggregates/answer.h"
#include "consumers/ledger.h"

namespace ledger {

// How far a move has come.
struct ClockMoved {
    std::int32_t days = 0;
    std::int32_t of_days = 0;
    std::uint64_t events = 0;  // of the system, for what fell due
};

struct ClockMove {
    Date to;
    // What moves the clock to `to`, in every partition; empty: clock_command(to).
    Bytes command = {};
    // Whether to issue what falls due through `to`.
    bool issues_due = true;
    // How cards answer the renewal charges that are ordered on the way.
    fb::Cards cards = fb::Cards::ok;
    // For all answers to what is out at a time: a move to a day, or what is due then. A node that
    // doesn't answer a move in it is closed.
    std::chrono::milliseconds patience{35'000};
    // Asked before each step. False: no further.
    std::function<bool()> goes_on = {};
    // Told after each step.
    std::function<void(const ClockMoved&)> on_step = {};
};

// The worst answer of all partitions to the move, or to the step that failed. What one partition
// would refuse moves none. A ledger that is no sandbox refuses it.
Answer move_clock(const Ledger& ledger, Node& node, const ClockMove& move);

}  // namespace ledger
