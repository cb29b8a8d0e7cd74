// The judge: the one pure function that every reader of every kind applies to the records of a
// partition, in order. Kafka has no conditional append and zombies exist, so nothing is trusted but
// the order of records; what the judge calls void is kept, counted and shown, and never applied.
// Source: docs/design.md.
#pragma once

#include <cstdint>
#include <string>

#include "events/ids.h"
#include "events/record.h"
#include "events/tree.h"

namespace ledger {

struct JudgeState {
    bool has_genesis = false;
    std::uint64_t epoch = 0;      // of the last valid claim; 0 = none yet
    Id128 writer;                 // of that claim
    bool opened = false;          // its first checkpoint was valid
    bool closed = false;          // its writer ended the term
    std::uint64_t seq = 0;        // of the last valid entry
    std::int64_t time = 0;        // of the last valid entry, milliseconds since 1970
    std::uint32_t in_flight = 0;  // the current writer's bound
    Frontier frontier;            // size() == seq

    bool operator==(const JudgeState&) const = default;
};

enum class VerdictKind {
    applied,  // a valid entry
    control,  // a valid genesis, claim, checkpoint or close
    voided,   // never applied
    stop,     // this reader must not go on: see why
};

// Why a record is void, or why the reader stops. Names are shown to auditors and never change.
enum class Why {
    none,
    poison,                // no record: its bytes don't verify
    genesis_again,         // a genesis anywhere but at the start
    old_epoch,             // of a term that is over
    future_epoch,          // of a term that no valid claim has opened
    foreign_writer,        // right epoch, another writer: a claim that lost
    claim_out_of_turn,     // a claim whose epoch is not the current one + 1
    term_closed,           // of a term its writer has ended
    not_opened,            // before the term's first checkpoint
    gap,                   // seq beyond the next
    repeat,                // seq at or below the last
    checkpoint_elsewhere,  // a later checkpoint that is not at our seq
    // reasons to stop
    no_genesis,     // the partition doesn't start with a genesis record
    divergence,     // the writer's checkpoint and our own tree differ
    newer_event,    // the current writer's valid entry has an event type this program doesn't know
    too_far_ahead,  // the current writer's entry is further ahead than it may have in flight
};

const char* name_of(Why why);

struct Verdict {
    VerdictKind kind{};
    Why why = Why::none;
};

// Judges the next record and moves the state on. On `stop` the state is as before.
Verdict judge(JudgeState& state, const RecordView& record);

// One sentence for the person who runs the reader that stopped.
std::string explain_stop(Why why, const JudgeState& state, const RecordView& record);

}  // namespace ledger
