#include "consumers/inbox.h"

#include <utility>

#include "events/limits.h"

namespace ledger {

bool Inbox::put(Submission submission, bool by_worker) {
    Answer failed;
    {
        std::unique_lock lock(mutex_);
        const auto shut = [&] { return closed_ || doubt_; };
        if (!by_worker)
            changed_.wait(lock,
                          [&] { return waiting_.size() < limits::kInboxMaxCommands || shut(); });
        if (!shut()) {
            waiting_.push_back(std::move(submission));
            return waiting_.size() == 1;
        }
        const Error& why = closed_ ? *closed_ : *doubt_;
        failed.code = why.code.text;
        failed.reason = why.message;
    }
    failed.outcome = Outcome::failed;
    failed.partition = submission.partition;
    submission.on_answer(failed);
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
