// The guard of a production ledger's clock. Entries are stamped with the machine's clock, and dates
// decide: one clock that is wrong by days must not expire a ledger. So a clock that
//   - jumps against the time since the machine's start, while a node runs or between two of them,
//   - stands before the newest entry, or
//   - on Kafka, is not the broker's: seen when a writer's claim is read back, before its entries,
// by more than kClockDoubt is in doubt, and nothing is written until it is right again or a person
// has said that it is (`benefits clock accept`). What was seen last stands in the file `clock` of
// the ledger's folder; it is of this machine and no part of the ledger or of a backup. A clock that
// was wrong before the machine started and stands after the newest entry can't be found out on an
// embedded log.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "events/date.h"
#include "events/result.h"

namespace ledger {

struct Ledger;

inline constexpr std::chrono::minutes kClockDoubt{5};

// What the machine's clocks say at one moment.
struct ClockReading {
    std::string boot;                // the run of the machine; empty: unknown
    std::int64_t since_boot_ms = 0;  // goes on while the machine sleeps
    std::int64_t wall_ms = 0;        // since 1970-01-01

    bool operator==(const ClockReading&) const = default;
};
ClockReading read_clocks();

struct ClockSeen {
    ClockReading reading;
    // A person has accepted a clock that stands before an entry of this time.
    Time accepted_behind;
    bool operator==(const ClockSeen&) const = default;
};

// By how much the wall clock went forward (or back) beyond what has passed; nothing when that can't
// be told.
std::optional<std::chrono::milliseconds> jump_between(const ClockReading& before,
                                                      const ClockReading& after);

// Why the clock is in doubt, in one sentence; nothing when it is not. Pure.
std::optional<std::string> clock_doubt(const std::optional<ClockSeen>& seen,
                                       const ClockReading& now, Time newest_entry);

// The same of a record that this machine sent and a broker took: both by their own clocks. Pure.
std::optional<std::string> clock_doubt_by_log(Time sent, Time taken, Time read_back);

// Of the ledger that is open: nothing for a sandbox, whose clock stands in its log. What was seen
// is written down when it is not in doubt and says something new. Error: the file can't be read or
// written.
Result<std::optional<std::string>> check_clock(const Ledger& ledger);

// A person says that the clock is right as it stands.
Result<void> accept_clock(const Ledger& ledger);

// The time of the newest entry that the views know; 0 when there is none.
Result<Time> newest_entry(const Ledger& ledger);

}  // namespace ledger
