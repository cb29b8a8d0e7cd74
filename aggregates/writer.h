// The writer of one partition: a step machine that turns commands into entries and tells every
// caller what became of its command. No thread, no clock, no I/O of its own: inputs go in, step()
// gives what is to be done.
//
//   idle ──work in hand──> catching up ──end read──> claiming ──own claim judged valid──> serving
//     ^                                                 │                                    │
//     └──────── tenure: a random, growing wait ─────────┴── another's claim judged valid ────┘
//   serving ──doubt: an error, a time-out, an own record void──> claiming, with every open command
//                                                                still open
//   A doubt soon after another waits a random, growing time first (doubting).
//
// What it promises (docs/design.md):
//  * accepted is answered only when the command's entry was read back and judged valid;
//  * refused and nothing are answered only when every entry they were judged on is valid, and the
//    end of the log, asked for after the command came, was read with no newer claim on the way;
//  * an open command is settled by exactly two things: its entry judged valid, or a newer valid
//    claim read before it. It is decided again only after the second. Errors, time-outs and void
//    verdicts settle nothing;
//  * a seq is used once in a term;
//  * every command is answered within term_patience_ms, whatever it waits for: "unknown" if its
//    entry was handed to the log, "failed" otherwise;
//  * after one that came to no answer, those of the same stream and partner behind it fail
//    (stream_order.h).
//
// Nothing is tried for ever: every pause grows, and a command whose entry the log has lost
// lost_max times is answered failed when that is settled.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aggregates/answer.h"
#include "aggregates/hot_partners.h"
#include "aggregates/ports.h"
#include "aggregates/stream_order.h"
#include "events/limits.h"

namespace ledger {

// The caller's own number for a command it waits for.
enum class Ticket : std::uint64_t {};

// Where a command comes from.
struct Origin {
    Stream stream = kNoStream;
    std::int64_t waited_ms = 0;  // already, of the patience it has
};

struct Answered {
    Ticket ticket{};
    Answer answer;
    Bytes command;  // of a refusal, for those who keep them
};

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

// What step() wants done, in this order.
struct WriterOutputs {
    std::vector<Bytes> append;
    std::optional<std::uint64_t> ask_end;  // its token
    std::vector<Answered> answers;
    std::optional<std::string> stop;  // this writer must not go on, and why
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

class Writer {
public:
    // `genesis` is the partition's first record, aligned and verified; ports outlive the writer.
    Writer(PartitionId partition, BytesView genesis, History& history, Random& random,
           WriterSettings settings);
    ~Writer();

    // Where reading begins, when it is not the start of the log. Before any other input.
    void start_at(const Reading& reading);
    // A command, packed and verified, with the keyed hash of its body. Its answer comes with a
    // later step().
    void submit(Now now, Ticket ticket, Bytes command, Id128 fingerprint, Origin origin = {});
    // Every record of the partition in order, with the reading after it.
    void judged(Now now, const Judged& judged, const Reading& after);
    // When this claim was sent, if it is the one that this writer waits for.
    std::optional<Now> claim_sent(const RecordView& record) const;
    void end_is(Now now, std::uint64_t token, Position end);
    void end_unavailable(Now now, std::uint64_t token);
    // The log may have lost or delayed something that was appended; `why` is told to whoever waits
    // in vain.
    void doubt(Now now, std::string why = {});
    // Nothing new may be written to the log, and why: what waits and what comes is answered failed,
    // what is in flight is settled as ever. Empty: it may again.
    void forbid(std::string why);
    // The view has applied everything below `next`.
    void view_at(Position next);
    // Settles everything by a new claim, whether or not there is work, which makes "no such
    // receipt" final. Answered with `nothing` and the position of the claim.
    void settle(Now now, Ticket ticket);
    // Takes no more commands; ends the term once nothing is open.
    void close(Now now);

    WriterOutputs step(Now now);

    // When step() is to be called again though nothing happened; far away when there is nothing to
    // wait for.
    std::int64_t wake_at_ms() const;
    // Work waits for the view to come to the beginning of the term.
    bool waits_for_view() const {
        return phase_ == Phase::serving && !queue_.empty() && view_next_ < term_start_;
    }
    // Nothing open, queued or unsettled.
    bool idle() const;
    // After close(): the term has ended, or there was none.
    bool closed() const;
    // Gives up: every open command is answered, "unknown" where an entry was sent. `why` says what
    // stopped the node; empty: it closes, and the log could not be reached in time.
    std::vector<Answered> give_up(const std::string& why = {});
    const WriterCounts& counts() const { return counts_; }

private:
    enum class Phase { idle, catching_up, claiming, serving, doubting, stopped };

    // A command and its place in the order of arrival.
    struct Work {
        Ticket ticket{};
        Bytes command;
        Id128 fingerprint;
        std::uint64_t arrival = 0;
        std::int64_t arrived_ms = 0;
        Stream stream = kNoStream;
        std::uint32_t lost = 0;  // how often its entry was handed over and never came to stand
    };
    struct Settling {
        Ticket ticket{};
        std::int64_t since_ms = 0;
    };
    // An own entry handed to the log and not yet judged.
    struct Flight {
        std::uint64_t seq = 0;
        std::uint64_t version = 0;
        std::size_t digest = 0;  // of the whole record
        // Kept as long as this is in flight: a partner with entries that are not judged yet is
        // pinned. Null: the ledger's own.
        HotPartner* partner = nullptr;
        KnownCommand* known = nullptr;
        Work work;
        bool told = false;  // its caller was answered, and nothing is decided for it again
    };
    // An answer that waits for its basis to be judged, and, unless it is `accepted`, for the end of
    // the log.
    struct Waiting {
        Answer answer;
        std::uint64_t basis_seq = 0;    // of the last entry it was judged on
        std::uint64_t decided_seq = 0;  // of the last own entry before it was judged, judged or not
        std::uint64_t end_token = 0;    // 0: not asked yet
        std::optional<Position> end;
        Work work;
    };

    // Terms (writer.cc)
    void claim(Now now);
    std::int64_t pause_of_doubt(Now now);
    void give_up_what_gets_lost();
    void fail_forbidden();
    void begin_term(Now now, const Judged& claim, const Reading& after);
    void lose_term(Now now);
    void reopen_all();
    void own_entry_valid(const Judged& judged);
    void own_entry_void(Now now, const Judged& judged);
    void move_phase(Now now);
    bool stands_before_a_hole(Now now) const;
    void end_term_if_closing(Now now);
    bool append_own(Bytes record);
    std::string no_log() const;
    void stop_with(std::string why);
    bool has_open() const { return !queue_.empty() || !in_flight_.empty() || !waiting_.empty(); }

    // Deciding (writer_decide.cc)
    bool ready_to_decide();
    void decide_queue(Now now);
    void decide_one(Now now, Work work);
    void decide_for_ledger(Now now, Work work, const fb::Command& command);
    bool answer_known(Work& work, const fb::Command& command, const KnownCommand* known,
                      std::uint64_t version, std::uint64_t basis_seq);
    Context context_of(Now now, const fb::Command& command,
                       std::span<const fb::Event> event_types) const;
    void accept(Now now, Work work, const Context& context, fb::EventUnion event,
                HotPartner* partner);
    void wait_for_proof(Work work, Answer answer, std::uint64_t basis_seq);
    void release_waiting();
    Position own_judged_at(std::uint64_t seq) const;
    Position true_until(std::uint64_t decided_seq) const;
    static std::size_t digest_of(BytesView record);
    bool has_to_ask() const;
    void ask_for_end(Now now, WriterOutputs& out);
    void answer(Ticket ticket, Answer answer);
    // What follows is decided all the same.
    void fail_alone(Ticket ticket, const char* code, std::string reason);

    // Patience (writer_patience.cc)
    void expire(Now now);
    std::int64_t expires_at_ms() const;
    // What follows in its stream fails too.
    void fail(const Work& work, Answer answer);
    void fail(const Work& work, const char* code, std::string reason);
    void answer_unsettled(const Work& work, const std::string& why);
    bool fails_after_another(const Work& work);
    std::string what_was_missing() const;

    PartitionId partition_;
    Bytes genesis_;
    Random& random_;
    History& history_;
    WriterSettings settings_;

    Phase phase_ = Phase::idle;
    bool closing_ = false;
    bool close_sent_ = false;
    std::string stopped_;  // why, in phase stopped
    std::vector<Settling> settling_;
    std::string trouble_;    // of the log, since the last term began; empty: none was told
    std::string forbidden_;  // why nothing may be written; empty: it may

    // As of the last record read.
    Position seen_next_{};
    std::uint64_t seen_epoch_ = 0;
    std::uint64_t seen_seq_ = 0;

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

    // The term that is served, also while its open entries are being settled.
    Id128 served_writer_;
    std::uint64_t served_epoch_ = 0;
    Position term_start_{};  // one past its claim
    JudgeState pending_;     // the judge after every own record, judged or not
    std::uint32_t entries_since_checkpoint_ = 0;
    std::int64_t last_progress_ms_ = 0;
    std::int64_t last_read_ms_ = 0;  // of any record
    Position proof_end_{};           // the furthest end that an answer of this term waits for

    // Each in order of arrival.
    std::deque<Work> queue_;
    std::deque<Flight> in_flight_;
    std::deque<Waiting> waiting_;
    // Where own entries were judged valid while an answer waited: of seq own_judged_from_, the
    // next, ...
    std::deque<Position> own_judged_;
    std::uint64_t own_judged_from_ = 0;
    std::vector<Bytes> to_append_;
    std::size_t to_append_bytes_ = 0;
    std::vector<Answered> ready_;
    std::uint64_t arrivals_ = 0;
    std::int64_t last_arrived_ms_ = 0;
    StreamOrder order_;

    std::uint64_t last_token_ = 0;
    bool asking_ = false;
    std::int64_t ask_not_before_ms_ = 0;
    std::int64_t ask_pause_ms_ = 0;
    std::uint64_t catch_up_token_ = 0;
    std::optional<Position> catch_up_to_;

    Position view_next_{};
    HotPartners partners_;
    std::optional<HotLedger> ledger_;
    WriterCounts counts_;
};

}  // namespace ledger
