#include "aggregates/writing/proofs.h"

#include <algorithm>
#include <utility>

namespace ledger::writing {

void Proofs::wait(Work work, Answer answer, std::uint64_t basis_seq, std::uint64_t decided_seq) {
    Waiting waiting;
    waiting.basis_seq = basis_seq;
    waiting.decided_seq = decided_seq;
    if (answer.outcome == Outcome::accepted) waiting.end = Position{0};
    waiting.answer = std::move(answer);
    waiting.work = std::move(work);
    waiting_.push_back(std::move(waiting));
}

void Proofs::own_judged(std::uint64_t seq, Position position) {
    if (waiting_.empty()) return;
    if (own_judged_.empty()) own_judged_from_ = seq;
    own_judged_.push_back(position);
}

// Nowhere: position 0, which is the genesis'.
Position Proofs::own_judged_at(std::uint64_t seq) const {
    const bool known = seq >= own_judged_from_ && seq - own_judged_from_ < own_judged_.size();
    return known ? own_judged_[seq - own_judged_from_] : Position{};
}

// The last position at which nothing decided after `decided_seq` had been added.
Position Proofs::true_until(std::uint64_t decided_seq, Position seen_next) const {
    const Position later = own_judged_at(decided_seq + 1);
    return Position{number(later == Position{} ? seen_next : later) - 1};
}

std::vector<Proofs::Waiting> Proofs::take_proven(Position seen_next, std::uint64_t seen_seq) {
    std::vector<Waiting> proven;
    std::deque<Waiting> still;
    for (Waiting& waiting : waiting_) {
        if (!waiting.end || seen_seq < waiting.basis_seq || seen_next < *waiting.end) {
            still.push_back(std::move(waiting));
            continue;
        }
        if (waiting.answer.outcome != Outcome::accepted)
            waiting.answer.position = true_until(waiting.decided_seq, seen_next);
        else if (waiting.answer.position == Position{})
            waiting.answer.position = own_judged_at(waiting.basis_seq);
        proven.push_back(std::move(waiting));
    }
    waiting_ = std::move(still);
    forget_positions_if_empty();
    return proven;
}

void Proofs::forget_positions_if_empty() {
    if (waiting_.empty()) own_judged_.clear();
}

std::vector<Work> Proofs::reopen() {
    std::vector<Work> open;
    for (Waiting& waiting : take_all()) open.push_back(std::move(waiting.work));
    return open;
}

std::optional<Proofs::Waiting> Proofs::take_oldest(std::int64_t arrived_by_ms) {
    if (waiting_.empty() || waiting_.front().work.arrived_ms > arrived_by_ms) return std::nullopt;
    std::optional<Waiting> oldest = std::move(waiting_.front());
    waiting_.pop_front();
    forget_positions_if_empty();
    return oldest;
}

std::vector<Proofs::Waiting> Proofs::take_all() {
    std::vector<Waiting> all(std::make_move_iterator(waiting_.begin()),
                             std::make_move_iterator(waiting_.end()));
    waiting_.clear();
    forget_positions_if_empty();
    return all;
}

std::optional<std::int64_t> Proofs::oldest_arrived_ms() const {
    if (waiting_.empty()) return std::nullopt;
    return waiting_.front().work.arrived_ms;
}

std::optional<Position> Proofs::awaited_end() const {
    if (waiting_.empty()) return std::nullopt;
    return proof_end_;
}

void Proofs::begin_catching_up() {
    catch_up_token_ = 0;
    catch_up_to_.reset();
}

bool Proofs::has_to_ask(bool catching_up) const {
    if (catching_up && catch_up_token_ == 0) return true;
    return std::any_of(waiting_.begin(), waiting_.end(), [](const Waiting& waiting) {
        return !waiting.end && waiting.end_token == 0;
    });
}

std::optional<std::uint64_t> Proofs::ask(Now now, bool catching_up) {
    if (asking_ || now.monotonic_ms < ask_not_before_ms_) return std::nullopt;
    if (!has_to_ask(catching_up)) return std::nullopt;
    const std::uint64_t token = ++last_token_;
    if (catching_up && catch_up_token_ == 0) catch_up_token_ = token;
    for (Waiting& waiting : waiting_)
        if (!waiting.end && waiting.end_token == 0) waiting.end_token = token;
    asking_ = true;
    return token;
}

void Proofs::end_is(std::uint64_t token, Position end) {
    asking_ = false;
    ask_pause_ms_ = 0;
    if (token == catch_up_token_) catch_up_to_ = end;
    for (Waiting& waiting : waiting_) {
        if (waiting.end_token != token) continue;
        waiting.end = end;
        proof_end_ = std::max(proof_end_, end);
    }
}

void Proofs::end_unavailable(Now now, std::uint64_t token) {
    asking_ = false;
    ++counts_.ends_asked_again;
    ask_pause_ms_ =
        std::min(std::max(2 * ask_pause_ms_, settings_.ask_again_ms), settings_.ask_again_max_ms);
    ask_not_before_ms_ = now.monotonic_ms + ask_pause_ms_;
    if (token == catch_up_token_) catch_up_token_ = 0;
    for (Waiting& waiting : waiting_)
        if (waiting.end_token == token) waiting.end_token = 0;
}

std::optional<std::int64_t> Proofs::asks_at_ms(bool catching_up) const {
    if (asking_ || !has_to_ask(catching_up)) return std::nullopt;
    return ask_not_before_ms_;
}

}  // namespace ledger::writing
