// Terms: claiming, serving, losing, settling. Deciding stands in writer_decide.cc.
#include "aggregates/writer.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "events/mutant.h"

namespace ledger {
namespace {

constexpr std::int64_t kClaimPatienceMaxMs = 30'000;
// A round trip measured in a bad moment must not keep a writer waiting for long.
constexpr std::uint64_t kTenureRoundTripsMaxMs = 4'000;
// The id that two writers would share under the mutant; never used in the product.
constexpr Id128 kSharedWriterId{1, 1};

}  // namespace

std::size_t Writer::digest_of(BytesView record) {
    return std::hash<std::string_view>()(text_of(record));
}

Writer::Writer(PartitionId partition, BytesView genesis, History& history, Random& random,
               WriterSettings settings)
    : partition_(partition),
      genesis_(genesis.begin(), genesis.end()),
      random_(random),
      history_(history),
      settings_(std::move(settings)),
      claim_patience_ms_(settings_.read_back_patience_ms),
      partners_(partition, history, settings_.hot_partners_max) {
    LEDGER_CHECK(decode_record(genesis_).genesis != nullptr);
    LEDGER_CHECK(settings_.checkpoint_every_entries > settings_.in_flight_max_entries);
}

Writer::~Writer() = default;

void Writer::start_at(const Reading& reading) {
    seen_next_ = reading.next;
    seen_epoch_ = reading.judge.epoch;
    seen_seq_ = reading.judge.seq;
    view_next_ = reading.next;
}

void Writer::submit(Now now, Ticket ticket, Bytes command, Id128 fingerprint, Origin origin) {
    // Patience ends in the order of arrival.
    last_arrived_ms_ = std::max(last_arrived_ms_, now.monotonic_ms - origin.waited_ms);
    Work work{ticket,      std::move(command), fingerprint,
              ++arrivals_, last_arrived_ms_,   origin.stream};
    if (phase_ == Phase::stopped) return fail(work, "stopped", stopped_);
    if (closing_)
        return fail(work, "closing", "this node is shutting down; send the command to another one");
    if (fails_after_another(work)) return;
    if (queue_.size() + in_flight_.size() + waiting_.size() >= settings_.queue_max_commands)
        return fail(work, "busy",
                    "this partition has " + std::to_string(settings_.queue_max_commands) +
                        " commands waiting; send it again in a moment");
    queue_.push_back(std::move(work));
}

void Writer::settle(Now now, Ticket ticket) {
    settling_.push_back({ticket, now.monotonic_ms});
    // A claim that is under way won't do: it may stand in the log already, with newer terms behind
    // it.
    if (!forbidden_.empty()) return;  // answered with the next step
    if (phase_ == Phase::serving || phase_ == Phase::doubting ||
        (phase_ == Phase::claiming && !LEDGER_MUTANT(settled_by_older_claim)))
        claim(now);
}

void Writer::close(Now) { closing_ = true; }

void Writer::view_at(Position next) { view_next_ = std::max(view_next_, next); }

void Writer::judged(Now now, const Judged& judged, const Reading& after) {
    seen_next_ = after.next;
    seen_epoch_ = after.judge.epoch;
    seen_seq_ = after.judge.seq;
    last_read_ms_ = now.monotonic_ms;
    if (phase_ == Phase::stopped) return;
    const bool valid = judged.verdict.kind != VerdictKind::voided;
    if (judged.record.opened) {
        const bool own = claim_sent(judged.record).has_value();
        if (own && (valid || LEDGER_MUTANT(own_void_claim_served)))
            return begin_term(now, judged, after);
        if (valid && !(phase_ == Phase::claiming && LEDGER_MUTANT(own_void_claim_served)))
            lose_term(now);
    } else if (judged.record.closed && valid) {
        if (id_of(*judged.record.closed->writer()) == served_writer_) {
            served_writer_ = {};
            phase_ = Phase::idle;
        }
        not_before_ms_ = now.monotonic_ms;
    } else if (judged.record.entry && served_writer_ != Id128{} &&
               id_of(*judged.record.entry->writer()) == served_writer_) {
        last_progress_ms_ = now.monotonic_ms;
        if (judged.verdict.kind == VerdictKind::applied || LEDGER_MUTANT(answer_before_judgement))
            own_entry_valid(judged);
        else
            own_entry_void(now, judged);
    }
}

std::optional<Now> Writer::claim_sent(const RecordView& record) const {
    const bool ours = phase_ == Phase::claiming && record.opened &&
                      id_of(*record.opened->writer()) == claim_writer_;
    return ours ? std::optional(claim_sent_) : std::nullopt;
}

void Writer::own_entry_valid(const Judged& judged) {
    const fb::Entry& entry = *judged.record.entry;
    if (in_flight_.empty() || in_flight_.front().seq != entry.seq() ||
        in_flight_.front().digest != digest_of(judged.record.bytes))
        return stop_with("partition " + std::to_string(number(partition_)) + ", position " +
                         std::to_string(number(judged.position)) +
                         ": a valid entry stands in this writer's name that it did not send; find "
                         "out who else writes "
                         "with its identity before starting it again");
    Flight flight = std::move(in_flight_.front());
    in_flight_.pop_front();
    Answer accepted;
    accepted.outcome = Outcome::accepted;
    accepted.seq = flight.seq;
    accepted.version = flight.version;
    accepted.position = judged.position;
    flight.known->position = judged.position;
    if (flight.partner) flight.partner->last_position = judged.position;
    if (!waiting_.empty()) {
        if (own_judged_.empty()) own_judged_from_ = flight.seq;
        own_judged_.push_back(judged.position);
    }
    if (!flight.told) answer(flight.work.ticket, std::move(accepted));
}

void Writer::own_entry_void(Now now, const Judged& judged) {
    ++counts_.own_void;
    if (LEDGER_MUTANT(void_means_settled)) {
        const std::uint64_t seq = judged.record.entry->seq();
        const auto flight = std::find_if(in_flight_.begin(), in_flight_.end(),
                                         [&](const Flight& f) { return f.seq == seq; });
        if (flight != in_flight_.end() && !flight->told) {
            fail_alone(flight->work.ticket, "void", "the entry came back void");
            in_flight_.erase(flight);
        }
    }
    // Some record before it is missing or late. It may still come in later, a second time: only a
    // claim settles it.
    doubt(now);
}

void Writer::doubt(Now now, std::string why) {
    if (!why.empty()) trouble_ = std::move(why);
    if (phase_ == Phase::serving) {
        ++counts_.doubts;
        if (LEDGER_MUTANT(seq_used_twice)) {
            pending_.seq = seen_seq_;
            reopen_all();
            return;
        }
        if (LEDGER_MUTANT(doubt_decided_twice)) reopen_all();
        doubt_until_ms_ = now.monotonic_ms + pause_of_doubt(now);
        if (doubt_until_ms_ <= now.monotonic_ms) return claim(now);
        phase_ = Phase::doubting;
    } else if (phase_ == Phase::claiming && now.monotonic_ms >= doubt_until_ms_) {
        // One pause for a burst of bad news about one claim.
        doubt_until_ms_ = now.monotonic_ms + std::max(settings_.ask_again_ms, pause_of_doubt(now));
        claim_deadline_ms_ = std::min(claim_deadline_ms_, doubt_until_ms_);
    }
}

// None for the first doubt after calm, then random and growing, in milliseconds.
std::int64_t Writer::pause_of_doubt(Now now) {
    if (now.monotonic_ms > doubt_until_ms_ + settings_.calm_ms) doubts_in_a_row_ = 0;
    const int before = doubts_in_a_row_;
    doubts_in_a_row_ = std::min(before + 1, settings_.doubt_growth_max + 1);
    if (before == 0) return 0;
    return static_cast<std::int64_t>(
        random_.between(settings_.tenure_min_ms, settings_.tenure_max_ms) << (before - 1));
}

void Writer::forbid(std::string why) { forbidden_ = std::move(why); }

void Writer::fail_forbidden() {
    if (forbidden_.empty()) return;
    for (Work& work : queue_) fail(work, "log.unfit", "nothing was done: " + forbidden_);
    for (const Settling& settling : settling_)
        fail_alone(settling.ticket, "log.unfit", "nothing could be settled: " + forbidden_);
    queue_.clear();
    settling_.clear();
}

void Writer::claim(Now now) {
    ++counts_.claims_sent;
    phase_ = Phase::claiming;
    claim_sent_ = now;
    close_sent_ = false;
    claim_epoch_ = seen_epoch_ + 1;
    claim_writer_ = LEDGER_MUTANT(writer_id_shared) ? kSharedWriterId : random_.fresh_id();
    claim_deadline_ms_ = now.monotonic_ms + claim_patience_ms_;
    to_append_.push_back(
        encode_claim(claim_epoch_, claim_writer_, settings_.in_flight_max_entries, settings_.node));
}

void Writer::begin_term(Now now, const Judged& claim, const Reading& after) {
    ++counts_.terms;
    round_trip_ms_ = static_cast<std::uint64_t>(
        std::max<std::int64_t>(now.monotonic_ms - claim_sent_.monotonic_ms, 0));
    const bool was_served = served_writer_ != Id128{};
    phase_ = Phase::serving;
    claim_patience_ms_ = settings_.read_back_patience_ms;
    last_progress_ms_ = now.monotonic_ms;
    proof_end_ = {};
    served_epoch_ = claim_epoch_;
    served_writer_ = claim_writer_;
    term_start_ = next(claim.position);
    pending_ = after.judge;
    entries_since_checkpoint_ = 0;
    // Everything still open is known now: what is not in the log before this claim can never be
    // valid.
    give_up_what_gets_lost();
    trouble_.clear();
    reopen_all();
    const bool kept = was_served ? LEDGER_MUTANT(pending_kept_after_claim)
                                 : LEDGER_MUTANT(stale_partner_after_loss);
    if (!kept) partners_.clear();
    ledger_.reset();
    if (!LEDGER_MUTANT(first_checkpoint_left_out))
        append_own(encode_checkpoint(served_epoch_, served_writer_, pending_.seq,
                                     pending_.frontier.root()));
    for (const Settling& settling : settling_) {
        Answer settled;
        settled.outcome = Outcome::nothing;
        settled.position = claim.position;
        answer(settling.ticket, std::move(settled));
    }
    settling_.clear();
}

// Another writer's valid claim was read, or the own one came back void. Whoever took the term gets
// time to use it, also from writers that only wait for it: each takeover voids about one round trip
// of work.
void Writer::lose_term(Now now) {
    if (phase_ == Phase::serving || phase_ == Phase::claiming || phase_ == Phase::doubting) {
        ++counts_.superseded;
        superseded_in_a_row_ = std::min(superseded_in_a_row_ + 1, settings_.tenure_growth_max);
    }
    phase_ = Phase::idle;
    close_sent_ = false;
    served_writer_ = {};
    catch_up_to_.reset();
    reopen_all();
    // Half of it is random in any case, so that writers don't come back together.
    const std::uint64_t grown = random_.between(settings_.tenure_min_ms, settings_.tenure_max_ms)
                                << superseded_in_a_row_;
    const std::uint64_t trips =
        std::min(round_trip_ms_ * settings_.tenure_round_trips, kTenureRoundTripsMaxMs);
    const std::uint64_t wait = std::max(grown, trips / 2 + random_.between(0, trips / 2));
    not_before_ms_ = now.monotonic_ms + static_cast<std::int64_t>(wait);
}

// What was in flight at an own claim is not in the log. It is decided again, but not for ever.
void Writer::give_up_what_gets_lost() {
    std::erase_if(in_flight_, [&](Flight& flight) {
        if (flight.told) return false;
        Work& work = flight.work;
        if (++work.lost < settings_.lost_max) return false;
        fail(work, "log.refuses",
             "its entry was handed to the log " + std::to_string(work.lost) +
                 " times and does not stand in it: " +
                 (trouble_.empty() ? "the log took none of them" : trouble_) +
                 "; see to the log and send it again");
        return true;
    });
}

// Every open command waits to be decided, in the order of arrival; one whose caller was answered
// meanwhile does not.
void Writer::reopen_all() {
    own_judged_.clear();
    if (in_flight_.empty() && waiting_.empty()) return;
    std::vector<Work> open;
    for (Flight& flight : in_flight_)
        if (!flight.told) open.push_back(std::move(flight.work));
    counts_.decided_again += open.size();
    for (Waiting& waiting : waiting_) open.push_back(std::move(waiting.work));
    for (Work& work : queue_) open.push_back(std::move(work));
    in_flight_.clear();
    waiting_.clear();
    queue_.clear();
    std::sort(open.begin(), open.end(),
              [](const Work& a, const Work& b) { return a.arrival < b.arrival; });
    for (Work& work : open) queue_.push_back(std::move(work));
}

// Checks an own record as every reader will, and hands it to the next step. False: it must not be
// sent.
bool Writer::append_own(Bytes record) {
    const RecordView view = decode_record(record);
    // A reader stops at a valid entry older than the one before it (read_next).
    const bool goes_back = view.entry && view.entry->time() < pending_.time;
    const VerdictKind kind = goes_back ? VerdictKind::stop : judge(pending_, view).kind;
    if (kind != VerdictKind::applied && kind != VerdictKind::control) {
        ++counts_.self_check_failed;
        return false;
    }
    to_append_bytes_ += record.size();
    to_append_.push_back(std::move(record));
    return true;
}

void Writer::end_is(Now now, std::uint64_t token, Position end) {
    asking_ = false;
    ask_pause_ms_ = 0;
    last_read_ms_ = std::max(last_read_ms_, now.monotonic_ms);
    if (token == catch_up_token_) catch_up_to_ = end;
    for (Waiting& waiting : waiting_) {
        if (waiting.end_token != token) continue;
        waiting.end = end;
        proof_end_ = std::max(proof_end_, end);
    }
}

void Writer::end_unavailable(Now now, std::uint64_t token) {
    asking_ = false;
    ++counts_.ends_asked_again;
    ask_pause_ms_ =
        std::min(std::max(2 * ask_pause_ms_, settings_.ask_again_ms), settings_.ask_again_max_ms);
    ask_not_before_ms_ = now.monotonic_ms + ask_pause_ms_;
    if (token == catch_up_token_) catch_up_token_ = 0;
    for (Waiting& waiting : waiting_)
        if (waiting.end_token == token) waiting.end_token = 0;
}

void Writer::move_phase(Now now) {
    switch (phase_) {
        case Phase::idle:
            if ((queue_.empty() && settling_.empty()) || now.monotonic_ms < not_before_ms_) return;
            phase_ = Phase::catching_up;
            catch_up_token_ = 0;
            catch_up_to_.reset();
            return;
        case Phase::catching_up:
            if (queue_.empty() && settling_.empty())
                phase_ = Phase::idle;
            else if (catch_up_to_ && (seen_next_ >= *catch_up_to_ || stands_before_a_hole(now)))
                claim(now);
            return;
        case Phase::claiming:
            if (now.monotonic_ms < claim_deadline_ms_) return;
            ++counts_.doubts;
            claim_patience_ms_ = std::min(2 * claim_patience_ms_, kClaimPatienceMaxMs);
            return claim(now);
        case Phase::serving:
            if (stands_before_a_hole(now)) return claim(now);
            if ((in_flight_.empty() && (!close_sent_ || LEDGER_MUTANT(close_not_awaited))) ||
                now.monotonic_ms - last_progress_ms_ < settings_.read_back_patience_ms)
                return;
            if (LEDGER_MUTANT(timeout_means_not_done)) {
                for (Flight& flight : in_flight_)
                    if (!flight.told)
                        fail_alone(flight.work.ticket, "time-out", "it took too long");
                in_flight_.clear();
            }
            return doubt(now);
        case Phase::doubting:
            if (now.monotonic_ms >= doubt_until_ms_) claim(now);
            return;
        case Phase::stopped:
            return;
    }
}

// Reading has come to nothing more though the end lies further on. A claim is safe at any time, and
// passes the hole.
bool Writer::stands_before_a_hole(Now now) const {
    if (now.monotonic_ms - last_read_ms_ < settings_.silence_ms || LEDGER_MUTANT(hole_not_passed))
        return false;
    if (phase_ == Phase::catching_up) return catch_up_to_ && seen_next_ < *catch_up_to_;
    return phase_ == Phase::serving && !waiting_.empty() && seen_next_ < proof_end_;
}

void Writer::end_term_if_closing(Now now) {
    if (!closing_ || has_open()) return;
    if (!forbidden_.empty()) {  // The term ends as that of a writer that was killed.
        phase_ = Phase::idle;
        served_writer_ = {};
    }
    if (close_sent_ || phase_ != Phase::serving) return;
    if (entries_since_checkpoint_ > 0)
        append_own(encode_checkpoint(served_epoch_, served_writer_, pending_.seq,
                                     pending_.frontier.root()));
    close_sent_ = append_own(encode_close(served_epoch_, served_writer_));
    last_progress_ms_ = now.monotonic_ms;
}

WriterOutputs Writer::step(Now now) {
    WriterOutputs out;
    if (phase_ != Phase::stopped) {
        fail_forbidden();
        move_phase(now);
        if (phase_ == Phase::serving) decide_queue(now);
        release_waiting();
        expire(now);
        end_term_if_closing(now);
        ask_for_end(now, out);
        partners_.trim(view_next_, seen_seq_);
        if (now.monotonic_ms > not_before_ms_ + settings_.calm_ms) superseded_in_a_row_ = 0;
    }
    out.append = std::move(to_append_);
    to_append_.clear();
    to_append_bytes_ = 0;
    if (phase_ == Phase::stopped) {
        out.append.clear();
        out.stop = stopped_;
    }
    out.answers = std::move(ready_);
    ready_.clear();
    return out;
}

std::int64_t Writer::wake_at_ms() const {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    const bool work = !queue_.empty() || !settling_.empty();
    if (phase_ == Phase::idle && work) at = std::min(at, not_before_ms_);
    if (phase_ == Phase::claiming) at = std::min(at, claim_deadline_ms_);
    if (phase_ == Phase::doubting) at = std::min(at, doubt_until_ms_);
    if (phase_ == Phase::serving && (!in_flight_.empty() || close_sent_))
        at = std::min(at, last_progress_ms_ + settings_.read_back_patience_ms);
    at = std::min(at, expires_at_ms());
    if ((phase_ == Phase::catching_up && catch_up_to_ && seen_next_ < *catch_up_to_) ||
        (phase_ == Phase::serving && !waiting_.empty() && seen_next_ < proof_end_))
        at = std::min(at, last_read_ms_ + settings_.silence_ms);
    if (!asking_ && has_to_ask()) at = std::min(at, ask_not_before_ms_);
    return at;
}

bool Writer::idle() const {
    return !has_open() && settling_.empty() && ready_.empty() && to_append_.empty();
}

bool Writer::closed() const {
    return closing_ && idle() && (phase_ == Phase::idle || phase_ == Phase::stopped);
}

void Writer::stop_with(std::string why) {
    stopped_ = std::move(why);
    phase_ = Phase::stopped;
    std::vector<Answered> answered = give_up(stopped_);
    ready_ = std::move(answered);
}

}  // namespace ledger
