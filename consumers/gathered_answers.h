// The answers of all partitions to one command of the ledger itself, which stands in each of them.
// The worst is the one to tell; *accepted* goes before *nothing to do*, for that is what partitions
// say that had it before. Answers come on the node's thread, and another thread waits for them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "aggregates/answer.h"

namespace ledger {

// Which of two outcomes is the worse to tell.
constexpr int weight_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::nothing:
            return 0;
        case Outcome::accepted:
            return 1;
        case Outcome::refused:
            return 2;
        case Outcome::failed:
            return 3;
        case Outcome::unknown:
            return 4;
    }
    return 4;
}

class GatheredAnswers {
public:
    explicit GatheredAnswers(std::size_t partitions) : missing_(partitions) {
        worst_.outcome = Outcome::unknown;
        worst_.reason = "no answer came in time";
    }

    void add(const Answer& answer) {
        const std::lock_guard lock(mutex_);
        if (weight_of(answer.outcome) > weight_of(worst_.outcome) || !any_) worst_ = answer;
        any_ = true;
        --missing_;
        changed_.notify_all();
    }

    // False: they didn't all come in time.
    bool wait(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [&] { return missing_ == 0; });
    }

    Answer worst() {
        const std::lock_guard lock(mutex_);
        return worst_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t missing_;
    Answer worst_;
    bool any_ = false;
};

}  // namespace ledger
