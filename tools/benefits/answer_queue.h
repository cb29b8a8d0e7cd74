// Answers in the order of the input, while commands are answered in any order. One thread opens
// places and waits for room; any thread fills them; a thread of the queue prints what is complete
// from the front on, in as few writes as there are waits. At most `open_max` places are without an
// answer and twice as many not yet printed, so memory is bounded.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "tools/benefits/answer_text.h"

namespace ledger::tools {

class AnswerQueue {
public:
    explicit AnswerQueue(std::size_t open_max);
    ~AnswerQueue();

    // The next place. There must be room.
    std::uint64_t open(Asked asked);
    // Any thread, once a place.
    void fill(std::uint64_t place, const Answer& answer);

    // Waits until there is room for one more, or until none is without its answer. False: no answer
    // came for `patience`.
    bool wait_for_room(std::chrono::milliseconds patience);
    bool wait_for_all(std::chrono::milliseconds patience);

    // After the last place was filled: everything is printed.
    void finish();

    // How many answers of each outcome were given.
    const std::map<Outcome, std::uint64_t>& counts() const { return counts_; }
    ExitCode worst() const { return worst_; }

private:
    bool wait_until(std::size_t open_most, std::size_t places_most,
                    std::chrono::milliseconds patience);
    void print_answers();

    struct Place {
        Asked asked;
        std::string line;
        bool filled = false;
    };

    std::size_t open_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Place> places_;  // of which the first is number first_
    std::uint64_t first_ = 0;
    std::size_t open_ = 0;     // without an answer
    std::uint64_t moved_ = 0;  // grows with each answer and each print
    std::map<Outcome, std::uint64_t> counts_;
    ExitCode worst_ = ExitCode::done;
    bool ending_ = false;
    std::thread printer_;
};

}  // namespace ledger::tools
