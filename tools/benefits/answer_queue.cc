#include "tools/benefits/answer_queue.h"

#include "events/check.h"
#include "tools/benefits/output.h"

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
    Place& filled = places_[place - first_];
    LEDGER_CHECK(!filled.filled);
    filled.line = answer_line(filled.asked, answer);
    filled.filled = true;
    --open_;
    ++moved_;
    ++counts_[answer.outcome];
    worst_ = worse(worst_, exit_code_of(answer.outcome));
    changed_.notify_all();
}

bool AnswerQueue::wait_for_room(std::chrono::milliseconds patience) {
    return wait_until(open_max_ - 1, 2 * open_max_ - 1, patience);
}

bool AnswerQueue::wait_for_all(std::chrono::milliseconds patience) {
    return wait_until(0, 2 * open_max_, patience);
}

bool AnswerQueue::wait_until(std::size_t open_most, std::size_t places_most,
                             std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    while (open_ > open_most || places_.size() > places_most) {
        const std::uint64_t before = moved_;
        if (!changed_.wait_for(lock, patience, [&] { return moved_ != before; })) return false;
    }
    return true;
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
        if (lines.empty()) return;
        ++moved_;
        changed_.notify_all();
        lock.unlock();
        print(lines);
        lines.clear();
        lock.lock();
    }
}

}  // namespace ledger::tools
