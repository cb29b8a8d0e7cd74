#include "tools/benefits/submitting/answer_queue.h"

#include "events/check.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

AnswerQueue::AnswerQueue(std::size_t open_max)
    : open_max_(open_max), printer_([this] { print_answers(); }) {}

AnswerQueue::~AnswerQueue() { finish(); }

std::uint64_t AnswerQueue::open(Asked asked) {
    const std::lock_guard lock(mutex_);
    places_.push_back({std::move(asked), {}, false});
    ++open_;
    return first_ + places_.size() - 1;
}

void AnswerQueue::fill(std::uint64_t place, const Answer& answer) {
    const std::lock_guard lock(mutex_);
    if (abandoned_) return;
    fill_locked(places_[place - first_], answer);
    changed_.notify_all();
}

void AnswerQueue::fill_locked(Place& place, const Answer& answer) {
    LEDGER_CHECK(!place.filled);
    place.line = answer_line(place.asked, answer);
    place.filled = true;
    --open_;
    ++answered_;
    ++counts_[answer.outcome];
    worst_ = worse(worst_, exit_code_of(answer.outcome));
    // Not for each answer: waking somebody costs more than the answer.
    if (ended_ && open_ == 0) last_.notify_all();
}

void AnswerQueue::abandon(const Answer& answer) {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    for (Place& place : places_)
        if (!place.filled) fill_locked(place, answer);
    changed_.notify_all();
}

bool AnswerQueue::wait_for_room() { return wait_until(open_max_ - 1, 2 * open_max_ - 1); }

bool AnswerQueue::wait_for_all() { return wait_until(0, 2 * open_max_); }

bool AnswerQueue::wait_until(std::size_t open_most, std::size_t places_most) {
    std::unique_lock lock(mutex_);
    changed_.wait(
        lock, [&] { return stopped_ || (open_ <= open_most && places_.size() <= places_most); });
    return !stopped_;
}

void AnswerQueue::stop_waiting() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

void AnswerQueue::no_more() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    last_.notify_all();
}

bool AnswerQueue::wait_for_end(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return last_.wait_for(lock, time, [&] { return ended_ && open_ == 0; });
}

AnswerQueue::Progress AnswerQueue::progress() const {
    const std::lock_guard lock(mutex_);
    return {open_, answered_};
}

std::map<Outcome, std::uint64_t> AnswerQueue::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

ExitCode AnswerQueue::worst() const {
    const std::lock_guard lock(mutex_);
    return worst_;
}

bool AnswerQueue::finish_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    ending_ = true;
    changed_.notify_all();
    return changed_.wait_for(lock, time, [&] { return printed_; });
}

void AnswerQueue::finish() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        changed_.notify_all();
    }
    if (printer_.joinable()) printer_.join();
}

void AnswerQueue::print_answers() {
    std::string lines;
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock,
                      [&] { return ending_ || (!places_.empty() && places_.front().filled); });
        while (!places_.empty() && places_.front().filled) {
            lines += places_.front().line;
            places_.pop_front();
            ++first_;
        }
        if (lines.empty()) {
            printed_ = true;
            changed_.notify_all();
            return;
        }
        changed_.notify_all();
        lock.unlock();
        print(lines);
        lines.clear();
        lock.lock();
    }
}

}  // namespace ledger::tools
