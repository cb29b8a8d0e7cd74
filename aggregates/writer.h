// The writer of one partition: a step machine that turns commands into entries and tells every
// caller what became of its command. No thread, no clock, no I/O of its own: inputs go in, step()
// gives what is to be done.
//
// It puts its parts together and owns the open commands:
//   Terms     when it claims and serves, and the records it hands to the log
//   Deciding  what a command is judged on
//   Proofs    the answers that append nothing, until they are proven
//   Callers   what callers are told, and the order of their streams
//
// What it promises (docs/design.md):
//  * accepted is answered only when the command's entry was read back and judged valid;
//  * refused and nothing only when every entry they were judged on is valid, and the end of the
//    log, asked for after the command came, was read with no newer claim on the way;
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
#include <optional>
#include <string>
#include <vector>

#include "aggregates/writing/callers.h"
#include "aggregates/writing/deciding.h"
#include "aggregates/writing/proofs.h"
#include "aggregates/writing/settings.h"
#include "aggregates/writing/terms.h"

namespace ledger {

// What step() wants done, in this order.
struct WriterOutputs {
    std::vector<Bytes> append;
    std::optional<std::uint64_t> ask_end;  // its token
    std::vector<Answered> answers;
    std::optional<std::string> stop;  // this writer must not go on, and why
};

class Writer {
public:
    // `genesis` is the partition's first record, aligned and verified; ports outlive the writer.
    Writer(PartitionId partition, BytesView genesis, History& history, Random& random,
           WriterSettings settings);
    // Its parts refer to one another.
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Where reading begins, when it is not the start of the log. Before any other input.
    void start_at(const Reading& reading);
    // A command, packed and verified, with the keyed hash of its body. Its answer comes with a
    // later step().
    void submit(Now now, Ticket ticket, Bytes command, Id128 fingerprint, Origin origin = {});
    // Every record of the partition in order, with the reading after it.
    void judged(Now now, const Judged& judged, const Reading& after);
    // When this claim was sent, if it is the one that this writer waits for.
    std::optional<Now> claim_sent(const RecordView& record) const {
        return terms_.claim_sent(record);
    }
    void end_is(Now now, std::uint64_t token, Position end);
    void end_unavailable(Now now, std::uint64_t token);
    // The log may have lost or delayed something that was appended; `why` is told to whoever waits
    // in vain.
    void doubt(Now now, std::string why = {});
    // Nothing new may be written to the log, and why: what waits and what comes is answered failed,
    // what is in flight is settled as ever. Empty: it may again.
    void forbid(std::string why);
    // The view has applied everything below `next`.
    void view_at(Position next) { deciding_.view_at(next); }
    // Settles everything by a new claim, whether or not there is work, which makes "no such
    // receipt" final. Answered with `nothing` and the position of the claim.
    void settle(Now now, Ticket ticket);
    // Ends the term once what was decided in it is settled, so that another writer may claim at
    // once. What waits and what comes is decided in a term of its own.
    void release() { releasing_ = true; }
    // Takes no more commands; ends the term once nothing is open.
    void close(Now now);

    WriterOutputs step(Now now);

    // When step() is to be called again though nothing happened; far away when there is nothing to
    // wait for.
    std::int64_t wake_at_ms() const;
    // Its term is the partition's, as far as it has read.
    bool serving() const { return terms_.serving(); }
    // Work waits for the view to come to the beginning of the term.
    bool waits_for_view() const {
        return terms_.serving() && !queue_.empty() && !deciding_.view_covers(terms_.start());
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
    using Work = writing::Work;

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

    // What records of the term mean for open commands.
    void begin_term(Now now, const Judged& claim, const Reading& after);
    void give_up_what_gets_lost();
    void reopen_all();
    void own_entry_valid(const Judged& judged);
    void own_entry_void(Now now);

    // Deciding them.
    void decide_queue(Now now);
    void decide_one(Now now, Work work);
    void act_on(Now now, Work work, writing::Decided decided);
    void accept(Now now, Work work, NewEntry entry, HotPartner* partner);
    void tell_what_is_proven();

    // How long they wait, and what they are told when their time is over, or the writer's.
    void fail_forbidden();
    void expire(Now now);
    std::int64_t expires_at_ms() const;
    void end_term(Now now);
    bool ends_term() const;
    void stop_with(std::string why);
    void answer_all(const std::string& why);
    std::string no_log() const;
    std::string what_was_missing() const;

    bool has_decided() const { return !in_flight_.empty() || !proofs_.empty(); }
    bool has_open() const { return !queue_.empty() || has_decided(); }
    bool stopped() const { return terms_.phase() == writing::Phase::stopped; }
    bool catching_up() const { return terms_.phase() == writing::Phase::catching_up; }
    writing::OnHand on_hand() const;

    WriterSettings settings_;
    WriterCounts counts_;
    PartitionId partition_;
    writing::Terms terms_;
    writing::Deciding deciding_;
    writing::Proofs proofs_;
    writing::Callers callers_;

    bool closing_ = false;
    bool releasing_ = false;
    std::string stopped_;    // why
    std::string trouble_;    // of the log, since the last term began; empty: none was told
    std::string forbidden_;  // why nothing may be written; empty: it may

    // Open commands, each in order of arrival; those that wait for proof are with proofs_.
    std::deque<Work> queue_;
    std::deque<Flight> in_flight_;
    std::vector<Settling> settling_;
    std::uint64_t arrivals_ = 0;
    std::int64_t last_arrived_ms_ = 0;
};

}  // namespace ledger
