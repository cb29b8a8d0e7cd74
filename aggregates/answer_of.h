// The one place that decides: what a command comes to, where its partner or the ledger itself
// stands, at a moment. The writer, the dry run, `benefits can`, the simulation and the tests all
// ask here, so that none of them can say something else. Pure.
//
// In this order: a command id that is known [LED-02], the gate (gate.h), what the command's own
// header lists. The context of decide() is made here and nowhere else, and so is all of a new entry
// that doesn't depend on the writer's term.
#pragma once

#include <cstdint>
#include <span>
#include <variant>

#include "aggregates/answer.h"
#include "aggregates/decision.h"
#include "aggregates/ledger_state.h"
#include "aggregates/partner.h"
#include "events/record.h"

namespace ledger {

// An accepted command, or one decided and not yet judged.
struct KnownCommand {
    Id128 fingerprint;
    std::uint64_t seq = 0;
    std::uint64_t version = 0;
    Position position{};  // once judged
};

// Where that stands which is asked. What it refers to outlives the call.
struct Standing {
    const LedgerState& ledger;              // its clock, policies and catalogues
    const PartnerState* partner = nullptr;  // null: the ledger itself is asked
    // Of a partner: event_types[i] is the type of its event of version i + 1.
    std::span<const fb::Event> event_types = {};
    const KnownCommand* known = nullptr;  // under the command's id; null: the id is new

    std::uint64_t version() const { return partner ? partner->version : ledger.version; }
};

// What an accepted command is to append.
struct NewEntry {
    // All but epoch, writer and seq, which the writer's term gives. Its texts are the command's.
    EntryHeader header;
    fb::EventUnion event;
};

struct Ruling {
    std::uint64_t version = 0;  // that it was judged on
    // KnownCommand: accepted before, and where; there is nothing to append.
    std::variant<KnownCommand, NewEntry, Nothing, Refusal> says;
};

// `fingerprint` is the keyed hash of the command's body, `now` the ledger's time (ledger_time).
Ruling answer_of(const Standing& standing, const fb::Command& command, Id128 fingerprint, Time now);

// As its caller is told it. Where it stands is the log's to say: of what was not accepted before,
// the position is not set, and of a new entry neither is the seq.
Answer answer_from(const Ruling& ruling);

}  // namespace ledger
