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

#include "tools/benefits/screens/answer_text.h"

namespace ledger::tools {

class AnswerQueue {
public:
    explicit AnswerQueue(std::size_t open_max);
    ~AnswerQueue();

    // The next place. There must be room.
    std::uint64_t open(Asked asked);
    // Any thread, once a place.
    void fill(std::uint64_t place, const Answer& answer);

    // Waits until there is room for one more, or until none is without its answer; however long
    // that takes, and however long nobody reads what is printed. False: after stop_waiting().
    bool wait_for_room();
    bool wait_for_all();
    void stop_waiting();

    // No more places will be opened. Any thread.
    void no_more();
    // Waits until no_more() was called and every place has its answer. False: not in this time.
    bool wait_for_end(std::chrono::milliseconds time);
    // How many places are without an answer, and how many got one so far.
    struct Progress {
        std::size_t open = 0;
        std::uint64_t answered = 0;
    };
    Progress progress() const;
    // Every place without an answer gets this one; what comes later is not taken.
    void abandon(const Answer& answer);

    // After the last place was filled: everything is printed.
    void finish();
    // The same, but gives up when nobody reads what is printed within this time. False: it gave up.
    bool finish_within(std::chrono::milliseconds time);

    // How many answers of each outcome were given.
    std::map<Outcome, std::uint64_t> counts() const;
    ExitCode worst() const;

private:
    struct Place {
        Asked asked;
        std::string line;
        bool filled = false;
    };

    bool wait_until(std::size_t open_most, std::size_t places_most);
    void fill_locked(Place& place, const Answer& answer);
    void print_answers();

    const std::size_t open_max_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::condition_variable last_;  // ended, and no place is without its answer
    std::deque<Place> places_;      // of which the first is number first_
    std::uint64_t first_ = 0;
    std::size_t open_ = 0;  // without an answer
    std::uint64_t answered_ = 0;
    std::map<Outcome, std::uint64_t> counts_;
    ExitCode worst_ = ExitCode::done;
    bool stopped_ = false;    // nobody waits
    bool ended_ = false;      // no more places
    bool abandoned_ = false;  // answers are not taken any more
    bool ending_ = false;     // the printer ends with what there is
    bool printed_ = false;    // and has
    std::thread printer_;
};

}  // namespace ledger::tools
