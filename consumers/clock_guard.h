// The guard of a production ledger's clock. Entries are stamped with the machine's clock, dates
// decide, and what was stamped can't be stamped again: one clock that is wrong by days must not
// expire a ledger. A clock in doubt writes nothing until it is right again, which a node that
// started in doubt finds out by itself, or until a person says that it is right as it stands
// (`benefits clock accept`).
//
// What is known is this ledger's newest entry, and when this machine's clock was seen last and
// believed: the file `clock` of the ledger's folder, at most an hour old while a node runs. It
// belongs to a run of this machine and to one ledger, and is no part of a backup; a file that is
// damaged, or another ledger's, is as good as none. Within one run of the machine the time since
// its start tells how much has passed. Across a start nothing does.
//
//   the clock stands                                                   it is
//     before kNoLedgerBefore                                           in doubt, and never accepted
//     more than kClockDoubt before the newest entry                    in doubt, unless a person
//                                                                      accepted that very entry
//   seen in this run, and since then it went
//     with the time, within kClockDoubt                                believed
//     forward or back by more (a clock set; a machine paused)          in doubt
//   not seen in this run, on Kafka                                     the broker's to say
//   not seen in this run, embedded; against the later of newest entry and seen
//     up to kUnvouchedAheadMax ahead                                   believed
//     further ahead (a wrong clock at boot, a long rest, a restore)    in doubt
//     more than kClockDoubt behind what was seen                       in doubt
//     neither entry nor file: a new ledger                             believed
// The broker's to say: the machine is asked nothing more, since the views of a fresh node know no
// entry yet; the broker's clock decides when the writer's claim is read back, before its first
// entry (clock_doubt_by_log), and only then is this one believed.
//
// Threads: one at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "events/date.h"
#include "events/ids.h"
#include "events/result.h"

namespace ledger {

inline constexpr ErrorCode kClockInDoubt{"clock.in-doubt"};

struct Ledger;

inline constexpr std::chrono::minutes kClockDoubt{5};
// A machine that was off over a weekend needs nobody. A clock that is believed and wrong brings
// every date forward by no more than that, a tenth of the shortest window there is.
inline constexpr std::chrono::hours kUnvouchedAheadMax{72};
// 2020-01-01; a machine without a battery begins in 1970, where dates begin too (events/date.h).
inline constexpr Time kNoLedgerBefore{1'577'836'800'000};
// A clock that creeps by less within each is not noticed.
inline constexpr std::chrono::hours kClockKeptEvery{1};

// What the machine's clocks say at one moment.
struct ClockReading {
    std::string boot;                // the run of the machine; empty: unknown
    std::int64_t since_boot_ms = 0;  // goes on while the machine sleeps
    std::int64_t wall_ms = 0;        // since 1970-01-01

    bool operator==(const ClockReading&) const = default;
};
ClockReading read_clocks();

struct ClockSeen {
    ClockReading reading;  // of a clock that was believed
    // A person has accepted a clock that stands before an entry of this time.
    std::optional<Time> accepted_behind = std::nullopt;
    bool operator==(const ClockSeen&) const = default;
};

// By how much the wall clock went forward (or back) beyond what has passed; nothing when that can't
// be told.
std::optional<std::chrono::milliseconds> jump_between(const ClockReading& before,
                                                      const ClockReading& after);

struct ClockKnown {
    std::optional<ClockSeen> seen;     // nothing: no file of this ledger
    std::optional<Time> newest_entry;  // nothing: there is none
    bool broker = false;               // a broker's clock will be asked
};

struct ClockBelief {
    std::string doubt;        // one sentence; empty: believed, or the broker's to say
    bool for_broker = false;  // believed only when the broker's clock agrees
};

// The table above. Pure.
ClockBelief believe(const ClockKnown& known, const ClockReading& now);

// Why a clock is in doubt by a record that this machine sent and a broker took, both by their own
// clocks; nothing when it is not. Pure.
std::optional<std::string> clock_doubt_by_log(Time sent, Time taken, Time read_back);

// The clock of one ledger that is open, and its file.
class ClockGuard {
public:
    ClockGuard(std::string directory, Id128 ledger, bool broker);

    // At the start, and again while in doubt: why nothing may be written, in one sentence; empty:
    // it may. Keeps what was believed, and remembers the newest of the entries named. Error: the
    // file can't be read or written.
    Result<std::string> look(const ClockReading& now, std::optional<Time> newest_entry);
    // The same without keeping it.
    Result<ClockBelief> only_look(const ClockReading& now, std::optional<Time> newest_entry) const;

    // While it is written, after look(): why nothing more may be. A file that can't be written now
    // is tried again later.
    std::optional<std::string> look_on(const ClockReading& now);
    // The broker's clock said that this machine's is right.
    void broker_agrees(const ClockReading& now);

    // A person says that the clock is right as it stands. Error: it can't be, or not be kept.
    Result<void> accept(const ClockReading& now, std::optional<Time> newest_entry);

private:
    Result<std::optional<ClockSeen>> read() const;
    Result<void> keep(const ClockSeen& seen);

    std::string path_;
    Id128 ledger_;
    bool broker_;
    ClockSeen seen_;        // as it stands in the file, or would
    ClockReading running_;  // what look_on() compares with
    std::optional<Time> newest_entry_;
    bool believed_ = false;
};

// Of the ledger that is open; a sandbox's clock stands in its log and is never in doubt.
ClockGuard clock_guard_of(const Ledger& ledger);
Result<std::string> check_clock(const Ledger& ledger, std::optional<Time> newest_entry);
Result<void> accept_clock(const Ledger& ledger, std::optional<Time> newest_entry);

}  // namespace ledger
