#include "aggregates/writing/terms.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace ledger::writing {
namespace {

constexpr std::int64_t kClaimPatienceMaxMs = 30'000;
// A round trip measured in a bad moment must not keep a writer waiting for long.
constexpr std::uint64_t kTenureRoundTripsMaxMs = 4'000;

}  // namespace

Terms::Terms(const WriterSettings& settings, Random& random, WriterCounts& counts)
    : settings_(settings),
      random_(random),
      counts_(counts),
      claim_patience_ms_(settings.read_back_patience_ms) {}

void Terms::start_at(const Reading& reading) {
    seen_next_ = reading.next;
    seen_epoch_ = reading.judge.epoch;
    seen_seq_ = reading.judge.seq;
}

void Terms::read(Now now, const Reading& after) {
    seen_next_ = after.next;
    seen_epoch_ = after.judge.epoch;
    seen_seq_ = after.judge.seq;
    last_read_ms_ = now.monotonic_ms;
}

void Terms::heard(Now now) { last_read_ms_ = std::max(last_read_ms_, now.monotonic_ms); }

bool Terms::is_own(const fb::Entry& entry) const {
    return has_term() && id_of(*entry.writer()) == served_writer_;
}

void Terms::claim(Now now) {
    ++counts_.claims_sent;
    phase_ = Phase::claiming;
    claim_sent_ = now;
    close_sent_ = false;
    claim_epoch_ = seen_epoch_ + 1;
    claim_writer_ = random_.fresh_id();
    claim_deadline_ms_ = now.monotonic_ms + claim_patience_ms_;
    records_.push_back(
        encode_claim(claim_epoch_, claim_writer_, settings_.in_flight_max_entries, settings_.node));
}

std::optional<Now> Terms::claim_sent(const RecordView& record) const {
    const bool ours = phase_ == Phase::claiming && record.opened &&
                      id_of(*record.opened->writer()) == claim_writer_;
    return ours ? std::optional(claim_sent_) : std::nullopt;
}

void Terms::begin(Now now, const Judged& claim, const Reading& after) {
    ++counts_.terms;
    round_trip_ms_ = static_cast<std::uint64_t>(
        std::max<std::int64_t>(now.monotonic_ms - claim_sent_.monotonic_ms, 0));
    phase_ = Phase::serving;
    claim_patience_ms_ = settings_.read_back_patience_ms;
    last_progress_ms_ = now.monotonic_ms;
    served_epoch_ = claim_epoch_;
    served_writer_ = claim_writer_;
    start_ = next(claim.position);
    pending_ = after.judge;
    append_checkpoint();
}

void Terms::lose(Now now) {
    if (phase_ == Phase::serving || phase_ == Phase::claiming || phase_ == Phase::doubting) {
        ++counts_.superseded;
        superseded_in_a_row_ = std::min(superseded_in_a_row_ + 1, settings_.tenure_growth_max);
    }
    phase_ = Phase::idle;
    close_sent_ = false;
    served_writer_ = {};
    // Half of it is random in any case, so that writers don't come back together.
    const std::uint64_t grown = random_.between(settings_.tenure_min_ms, settings_.tenure_max_ms)
                                << superseded_in_a_row_;
    const std::uint64_t trips =
        std::min(round_trip_ms_ * settings_.tenure_round_trips, kTenureRoundTripsMaxMs);
    const std::uint64_t wait = std::max(grown, trips / 2 + random_.between(0, trips / 2));
    not_before_ms_ = now.monotonic_ms + static_cast<std::int64_t>(wait);
}

void Terms::closed(Now now, const fb::WriterClosed& close) {
    if (id_of(*close.writer()) == served_writer_) {
        served_writer_ = {};
        phase_ = Phase::idle;
    }
    not_before_ms_ = now.monotonic_ms;
}

void Terms::doubt(Now now) {
    if (phase_ == Phase::serving) {
        ++counts_.doubts;
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
std::int64_t Terms::pause_of_doubt(Now now) {
    if (now.monotonic_ms > doubt_until_ms_ + settings_.calm_ms) doubts_in_a_row_ = 0;
    const int before = doubts_in_a_row_;
    doubts_in_a_row_ = std::min(before + 1, settings_.doubt_growth_max + 1);
    if (before == 0) return 0;
    return static_cast<std::int64_t>(
        random_.between(settings_.tenure_min_ms, settings_.tenure_max_ms) << (before - 1));
}

bool Terms::move(Now now, const OnHand& hands) {
    if (now.monotonic_ms > not_before_ms_ + settings_.calm_ms) superseded_in_a_row_ = 0;
    switch (phase_) {
        case Phase::idle:
            if (hands.work && now.monotonic_ms >= not_before_ms_) phase_ = Phase::catching_up;
            return false;
        case Phase::catching_up:
            if (!hands.work)
                phase_ = Phase::idle;
            else if (hands.awaited_end &&
                     (seen_next_ >= *hands.awaited_end || stands_before_a_hole(now, hands)))
                claim(now);
            return false;
        case Phase::claiming:
            if (now.monotonic_ms < claim_deadline_ms_) return false;
            ++counts_.doubts;
            claim_patience_ms_ = std::min(2 * claim_patience_ms_, kClaimPatienceMaxMs);
            claim(now);
            return false;
        case Phase::serving:
            if (stands_before_a_hole(now, hands)) {
                claim(now);
                return false;
            }
            return (hands.in_flight || close_sent_) &&
                   now.monotonic_ms - last_progress_ms_ >= settings_.read_back_patience_ms;
        case Phase::doubting:
            if (now.monotonic_ms >= doubt_until_ms_) claim(now);
            return false;
        case Phase::stopped:
            return false;
    }
    return false;
}

// Reading has come to nothing more though the end lies further on. A claim is safe at any time, and
// passes the hole.
bool Terms::stands_before_a_hole(Now now, const OnHand& hands) const {
    if (now.monotonic_ms - last_read_ms_ < settings_.silence_ms) return false;
    return hands.awaited_end && seen_next_ < *hands.awaited_end;
}

void Terms::close(Now now) {
    if (close_sent_ || phase_ != Phase::serving) return;
    if (entries_since_checkpoint_ > 0) append_checkpoint();
    close_sent_ = append(encode_close(served_epoch_, served_writer_));
    last_progress_ms_ = now.monotonic_ms;
}

void Terms::abandon() {
    phase_ = Phase::idle;
    served_writer_ = {};
}

void Terms::stop() { phase_ = Phase::stopped; }

std::int64_t Terms::wake_at_ms(const OnHand& hands) const {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    if (phase_ == Phase::idle && hands.work) at = std::min(at, not_before_ms_);
    if (phase_ == Phase::claiming) at = std::min(at, claim_deadline_ms_);
    if (phase_ == Phase::doubting) at = std::min(at, doubt_until_ms_);
    if (phase_ == Phase::serving && (hands.in_flight || close_sent_))
        at = std::min(at, last_progress_ms_ + settings_.read_back_patience_ms);
    if (hands.awaited_end && seen_next_ < *hands.awaited_end)
        at = std::min(at, last_read_ms_ + settings_.silence_ms);
    return at;
}

bool Terms::takes_entries() const {
    return phase_ == Phase::serving && records_bytes_ < limits::kBatchMaxBytes;
}

void Terms::put_place(EntryHeader& header) const {
    header.epoch = served_epoch_;
    header.writer = served_writer_;
    header.seq = pending_.seq + 1;
}

bool Terms::hand_over(Bytes entry) {
    if (!append(std::move(entry))) return false;
    ++entries_since_checkpoint_;
    return true;
}

void Terms::checkpoint_in_time() {
    if (entries_since_checkpoint_ >= settings_.checkpoint_every_entries) append_checkpoint();
}

void Terms::append_checkpoint() {
    append(
        encode_checkpoint(served_epoch_, served_writer_, pending_.seq, pending_.frontier.root()));
    entries_since_checkpoint_ = 0;
}

bool Terms::append(Bytes record) {
    const RecordView view = decode_record(record);
    // A reader stops at a valid entry older than the one before it (read_next).
    const bool goes_back = view.entry && view.entry->time() < pending_.time;
    const VerdictKind kind = goes_back ? VerdictKind::stop : judge(pending_, view).kind;
    if (kind != VerdictKind::applied && kind != VerdictKind::control) {
        ++counts_.self_check_failed;
        return false;
    }
    records_bytes_ += record.size();
    records_.push_back(std::move(record));
    return true;
}

std::vector<Bytes> Terms::take_records() {
    records_bytes_ = 0;
    return std::exchange(records_, {});
}

}  // namespace ledger::writing
