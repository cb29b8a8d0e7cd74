// The terms of one writer: when it claims, how a term begins and ends, how long it waits before it
// claims again, and which records it hands to the log.
//
//   idle ──work in hand──> catching up ──end read──> claiming ──own claim judged valid──> serving
//     ^                                                 │                                    │
//     └──────── tenure: a random, growing wait ─────────┴── another's claim judged valid ────┘
//   serving ──doubt: an error, a time-out, an own record void──> claiming, with every open command
//   still open. A doubt soon after another waits a random, growing time first (doubting).
//
// Invariants: the id of a claim is made afresh for every attempt; a seq is used once in a term; no
// record but a claim is handed over that the judge, standing behind all that was handed over before,
// would not take. It knows no commands; who owns them settles them when a term begins or is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "aggregates/ports.h"
#include "aggregates/writing/settings.h"
#include "events/date.h"
#include "events/reading.h"
#include "events/record.h"

namespace ledger::writing {

enum class Phase { idle, catching_up, claiming, serving, doubting, stopped };

// What the writer has on its hands when time is looked at.
struct OnHand {
    bool work = false;       // to decide or to settle
    bool in_flight = false;  // own entries that are not judged yet
    // The end of the log, as told, which something waits to be read.
    std::optional<Position> awaited_end;
};

class Terms {
public:
    // All three outlive it.
    Terms(const WriterSettings& settings, Random& random, WriterCounts& counts);

    // Where reading begins, when it is not the start of the log. Before any other input.
    void start_at(const Reading& reading);
    // A record was read, with the reading after it.
    void read(Now now, const Reading& after);
    // The log said where it ends.
    void heard(Now now);

    Phase phase() const { return phase_; }
    bool serving() const { return phase_ == Phase::serving; }
    // One past the last record read, and its seq.
    Position seen_next() const { return seen_next_; }
    std::uint64_t seen_seq() const { return seen_seq_; }
    // One past the claim of the term.
    Position start() const { return start_; }
    // The term that is served, also while its open entries are being settled.
    bool has_term() const { return served_writer_ != Id128{}; }
    bool is_own(const fb::Entry& entry) const;

    void claim(Now now);
    // When this claim was sent, if it is the one that is waited for.
    std::optional<Now> claim_sent(const RecordView& record) const;
    // That claim was judged valid: serving, and the first checkpoint is handed over.
    void begin(Now now, const Judged& claim, const Reading& after);
    // Another's claim was judged valid. Whoever took the term gets time to use it, also from
    // writers that only wait for it: each takeover voids about one round trip of work.
    void lose(Now now);
    // A valid closing was read.
    void closed(Now now, const fb::WriterClosed& close);
    // The log may have lost or delayed something that was handed over: only a claim settles it.
    void doubt(Now now);
    // What time brings. True: an own record was not read back in time, which is a doubt.
    bool move(Now now, const OnHand& hands);
    // An own record came back, or the first of several is on its way.
    void progress(Now now) { last_progress_ms_ = now.monotonic_ms; }
    // Ends the term, if one is served.
    void close(Now now);
    // Leaves it as that of a writer that was killed.
    void abandon();
    // Nothing more is handed over, ever.
    void stop();
    // When move() may have something to do; far away when there is nothing to wait for.
    std::int64_t wake_at_ms(const OnHand& hands) const;

    // Whether an entry may be handed over now, as far as the term and the size of a batch go.
    bool takes_entries() const;
    bool close_sent() const { return close_sent_; }
    // The header's epoch, writer and seq: those of the next entry.
    void put_place(EntryHeader& header) const;
    // Checks an entry as every reader will, and hands it over. False: it must not be sent.
    bool hand_over(Bytes entry);
    // Hands a checkpoint over where enough entries went before.
    void checkpoint_in_time();
    // Seq and time of the last own record, judged or not.
    std::uint64_t pending_seq() const { return pending_.seq; }
    Time pending_time() const { return Time{pending_.time}; }
    // Everything handed over since the last call.
    std::vector<Bytes> take_records();
    bool all_taken() const { return records_.empty(); }

private:
    bool append(Bytes record);
    void append_checkpoint();
    std::int64_t pause_of_doubt(Now now);
    bool stands_before_a_hole(Now now, const OnHand& hands) const;

    const WriterSettings& settings_;
    Random& random_;
    WriterCounts& counts_;
    Phase phase_ = Phase::idle;

    // As of the last record read.
    Position seen_next_{};
    std::uint64_t seen_epoch_ = 0;
    std::uint64_t seen_seq_ = 0;
    std::int64_t last_read_ms_ = 0;

    // The claim that was sent last.
    std::uint64_t claim_epoch_ = 0;
    Id128 claim_writer_;
    Now claim_sent_;
    std::uint64_t round_trip_ms_ = 0;  // of the last claim that won
    std::int64_t claim_deadline_ms_ = 0;
    std::int64_t claim_patience_ms_ = 0;
    std::int64_t not_before_ms_ = 0;  // tenure
    int superseded_in_a_row_ = 0;
    std::int64_t doubt_until_ms_ = 0;  // the claim that settles the last doubt waits until then
    int doubts_in_a_row_ = 0;

    Id128 served_writer_;
    std::uint64_t served_epoch_ = 0;
    Position start_{};
    JudgeState pending_;  // the judge after every own record, judged or not
    std::uint32_t entries_since_checkpoint_ = 0;
    std::int64_t last_progress_ms_ = 0;
    bool close_sent_ = false;

    std::vector<Bytes> records_;
    std::size_t records_bytes_ = 0;
};

}  // namespace ledger::writing
