// Answers that append nothing, until they are proven. A refusal or *nothing* holds where every entry
// it was judged on is valid and the end of the log, asked for after the command came, was read with
// no newer claim on the way. An answer that repeats *accepted* waits for its entry alone.
//
// One question for the end of the log is open at a time, for all that have come since the last one;
// the writer that reads up to the end before it claims asks here too.
//
// A proven refusal carries the last position behind which nothing was added that it was not judged
// on. For that it is noted where own entries came to stand while an answer waits, and only then:
// own_judged_ is empty while nothing waits.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "aggregates/ports.h"
#include "aggregates/writing/settings.h"
#include "aggregates/writing/work.h"

namespace ledger::writing {

class Proofs {
public:
    // An answer that waits.
    struct Waiting {
        Answer answer;
        std::uint64_t basis_seq = 0;    // of the last entry it was judged on
        std::uint64_t decided_seq = 0;  // of the last own entry before it was judged, judged or not
        std::uint64_t end_token = 0;    // 0: not asked yet
        std::optional<Position> end;
        Work work;
    };

    // Settings and counts outlive it.
    Proofs(const WriterSettings& settings, WriterCounts& counts)
        : settings_(settings), counts_(counts) {}

    // `decided_seq` is the last own entry's as of now, judged or not.
    void wait(Work work, Answer answer, std::uint64_t basis_seq, std::uint64_t decided_seq);
    // The own entry of this seq was judged valid; one after the other.
    void own_judged(std::uint64_t seq, Position position);
    // All that is proven now that everything before `seen_next` was read, up to the entry
    // `seen_seq`; with its position.
    std::vector<Waiting> take_proven(Position seen_next, std::uint64_t seen_seq);
    // A term begins: no answer of it waits yet.
    void begin_term() { proof_end_ = {}; }
    // All that waits, to be decided again.
    std::vector<Work> reopen();
    // The oldest, when it has waited since this moment or longer.
    std::optional<Waiting> take_oldest(std::int64_t arrived_by_ms);
    std::vector<Waiting> take_all();

    std::size_t size() const { return waiting_.size(); }
    bool empty() const { return waiting_.empty(); }
    std::optional<std::int64_t> oldest_arrived_ms() const;
    // The furthest end that an answer waits for; nothing: none waits.
    std::optional<Position> awaited_end() const;

    // Forgets any end that was asked for; a claim waits for the answer to a new question.
    void begin_catching_up();
    std::optional<Position> catch_up_to() const { return catch_up_to_; }

    // A question for the end of the log, by its token, if there is one to ask now.
    std::optional<std::uint64_t> ask(Now now, bool catching_up);
    void end_is(std::uint64_t token, Position end);
    void end_unavailable(Now now, std::uint64_t token);
    // When the next question may be asked; nothing: there is none, or one is open.
    std::optional<std::int64_t> asks_at_ms(bool catching_up) const;

private:
    bool has_to_ask(bool catching_up) const;
    Position own_judged_at(std::uint64_t seq) const;
    Position true_until(std::uint64_t decided_seq, Position seen_next) const;
    void forget_positions_if_empty();

    const WriterSettings& settings_;
    WriterCounts& counts_;
    std::deque<Waiting> waiting_;  // in order of arrival
    Position proof_end_{};         // the furthest end that an answer of this term waits for
    // Of seq own_judged_from_, the next, ...
    std::deque<Position> own_judged_;
    std::uint64_t own_judged_from_ = 0;

    std::uint64_t last_token_ = 0;
    bool asking_ = false;
    std::int64_t ask_not_before_ms_ = 0;
    std::int64_t ask_pause_ms_ = 0;
    std::uint64_t catch_up_token_ = 0;
    std::optional<Position> catch_up_to_;
};

}  // namespace ledger::writing
