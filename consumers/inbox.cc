#include "consumers/inbox.h"

#include <utility>

#include "events/limits.h"

namespace ledger {

bool Inbox::put(Submission submission, bool by_worker) {
    Answer failed;
    {
        std::unique_lock lock(mutex_);
        const auto shut = [&] { return !clock_doubt_.empty() || !closed_.empty(); };
        if (!by_worker)
            changed_.wait(lock,
                          [&] { return waiting_.size() < limits::kInboxMaxCommands || shut(); });
        if (!shut()) {
            waiting_.push_back(std::move(submission));
            return waiting_.size() == 1;
        }
        failed.reason = clock_doubt_.empty() ? closed_ : clock_doubt_;
    }
    failed.outcome = Outcome::failed;
    failed.partition = submission.partition;
    failed.code = "stopped";
    submission.on_answer(failed);
    return false;
}

std::vector<Submission> Inbox::take() {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= limits::kInboxMaxCommands) changed_.notify_all();
    return std::exchange(waiting_, {});
}

void Inbox::doubt_clock(std::string why) {
    const std::lock_guard lock(mutex_);
    clock_doubt_ = std::move(why);
    changed_.notify_all();
}

void Inbox::close(std::string why) {
    const std::lock_guard lock(mutex_);
    if (closed_.empty()) closed_ = std::move(why);
    changed_.notify_all();
}

}  // namespace ledger
