// What a writer may be told about its own manners, and what it counts of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "events/limits.h"

namespace ledger {

// All times in milliseconds.
struct WriterSettings {
    std::uint32_t in_flight_max_entries = limits::kInFlightMaxEntries;
    std::size_t queue_max_commands = limits::kQueueMaxCommands;
    std::size_t hot_partners_max = limits::kHotPartnersMax;
    // After another writer's claim this one waits so long, and at least some forty round trips,
    // before it claims; doubled each time it is superseded itself, up to 2^tenure_growth_max times,
    // until nobody has claimed for calm_ms beyond the wait.
    std::uint64_t tenure_min_ms = 50;
    std::uint64_t tenure_max_ms = 150;
    int tenure_growth_max = 3;
    // What a takeover voids is a round trip's work: a term of so many keeps void records at a few
    // in a hundred.
    std::uint64_t tenure_round_trips = 40;
    std::int64_t calm_ms = 2'000;
    // The first doubt is settled by a claim at once. One that comes before there was calm waits as
    // after being superseded, doubled each time up to 2^doubt_growth_max times: what a broker
    // refuses again and again is not sent hundreds of times a second.
    int doubt_growth_max = 4;
    // So often an entry may be lost in this writer's own doubts before its command is answered
    // "log.refuses".
    std::uint32_t lost_max = 8;
    // An own record not read back for so long is in doubt.
    std::int64_t read_back_patience_ms = 5'000;
    // A command that has waited for so long is answered: "log.unavailable", or "unsettled" if its
    // entry was sent.
    std::int64_t term_patience_ms = 30'000;
    // Pause before the end is asked for again after no answer; doubled each time, up to the most.
    std::int64_t ask_again_ms = 100;
    std::int64_t ask_again_max_ms = 1'600;
    // Nothing was read for so long though the end of the log lies further on: what is missing are
    // positions without records (on Kafka the markers of a stray transaction), and only an own
    // record behind them shows it.
    std::int64_t silence_ms = 1'000;
    // Entries between two checkpoints of one term. More than may be in flight, so that the term's
    // first checkpoint was read back long before the second: a first one that got lost must not be
    // mistaken for it.
    std::uint32_t checkpoint_every_entries = limits::kCheckpointEveryEntries;
    std::string node;  // this node's address, for people
};

// What a run really met; shown by the simulation and `benefits stat`.
struct WriterCounts {
    std::uint64_t claims_sent = 0;
    std::uint64_t terms = 0;
    std::uint64_t superseded = 0;
    std::uint64_t doubts = 0;
    std::uint64_t decided_again = 0;
    std::uint64_t own_void = 0;           // own records that came back void
    std::uint64_t self_check_failed = 0;  // own records that were not fit to be sent
    std::uint64_t ends_asked_again = 0;
};

}  // namespace ledger
