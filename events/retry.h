// Trying again: every loop that does has a pause that grows, a bound on it, and a count.
//
// The counts are of this process. `benefits stat` shows the sums over all runs in a ledger's
// folder. Any thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace ledger {

// What is tried again. The names stand in a folder's file `retries` and in `benefits stat`.
enum class Retry {
    end_question,    // to brokers: where partitions end
    topic_question,  // to brokers: what a topic is, and whether it is led
    producer,        // made anew after it was lost
    hand_over,       // while a producer's queue was full
    genesis,         // appended again
    lock,            // of an embedded log, while another creator held it
};
inline constexpr std::array kRetryNames = {"end_questions", "topic_questions", "producers_made",
                                           "hand_overs",    "genesis_records", "locks"};

using RetryCounts = std::array<std::uint64_t, kRetryNames.size()>;

// Since the process began.
RetryCounts retry_counts();

// The pauses of one loop: the first, twice as long each time, never longer than the most.
class RetryPause {
public:
    RetryPause(Retry what, std::chrono::milliseconds first, std::chrono::milliseconds most)
        : what_(what), first_(first), most_(most), next_(first) {}

    // How long to wait before the next try, which it counts.
    std::chrono::milliseconds next();
    // It went well: the next pause is the first again.
    void reset() { next_ = first_; }

private:
    Retry what_;
    std::chrono::milliseconds first_, most_, next_;
};

}  // namespace ledger
