#include "consumers/inbox.h"

#include <iterator>
#include <utility>

#include "events/limits.h"

namespace ledger {
namespace {

void answer_failed(const Submission& submission, const Error& why) {
    Answer failed;
    failed.outcome = Outcome::failed;
    failed.partition = submission.partition;
    failed.code = why.code.text;
    failed.reason = why.message;
    submission.on_answer(failed);
}

}  // namespace

std::optional<Error> Inbox::wait_for_room(Lock& lock, bool by_worker) {
    const auto shut = [&] { return closed_ || doubt_; };
    if (!by_worker)
        changed_.wait(lock, [&] { return waiting_.size() < limits::kInboxMaxCommands || shut(); });
    return closed_ ? closed_ : doubt_;
}

bool Inbox::put(Submission submission, bool by_worker) {
    Lock lock(mutex_);
    const std::optional<Error> shut = wait_for_room(lock, by_worker);
    if (!shut) {
        waiting_.push_back(std::move(submission));
        return waiting_.size() == 1;
    }
    lock.unlock();
    answer_failed(submission, *shut);
    return false;
}

bool Inbox::put(std::vector<Submission> together) {
    Lock lock(mutex_);
    const std::optional<Error> shut = wait_for_room(lock, false);
    if (!shut) {
        const bool first = waiting_.empty() && !together.empty();
        waiting_.insert(waiting_.end(), std::make_move_iterator(together.begin()),
                        std::make_move_iterator(together.end()));
        return first;
    }
    lock.unlock();
    for (const Submission& submission : together) answer_failed(submission, *shut);
    return false;
}

std::vector<Submission> Inbox::take() {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= limits::kInboxMaxCommands) changed_.notify_all();
    return std::exchange(waiting_, {});
}

void Inbox::doubt(std::optional<Error> why) {
    const std::lock_guard lock(mutex_);
    doubt_ = std::move(why);
    changed_.notify_all();
}

void Inbox::close(const Error& why) {
    const std::lock_guard lock(mutex_);
    if (!closed_) closed_ = why;
    changed_.notify_all();
}

}  // namespace ledger
