// Makes commands of lines on several threads and hands them on in order. Sealing a text may wait
// for the key store; side by side those waits are shared. A new data key is put there later, by the
// node, when its command is accepted (consumers/key_keeper.h).
//
// A line waits for its keys as long as a command may wait, from when it was read; then it is handed
// on without them, as a fault, whatever the key store is doing. Time in which `take` held the
// others up counts for nobody.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "events/result.h"
#include "tools/benefits/submitting/input_line.h"

namespace ledger::tools {

class LinePipeline {
public:
    // `take` gets every line in order, on one thread of its own; false from it: no more of them.
    // `name` is the input's, for messages.
    LinePipeline(Sealer& sealer, std::string name, std::chrono::milliseconds patience,
                 std::function<bool(InputLine)> take);
    ~LinePipeline();

    // Waits while too many are on their way. False: `take` wants no more.
    bool push(const Line& line);
    // Waits until every line was taken.
    void finish();
    // From now on nothing waits for keys, not the node either, because all of this is to end. Any
    // thread.
    void stop_waiting();

private:
    using Clock = std::chrono::steady_clock;

    struct Slot {
        std::string text;
        Line line;
        Clock::time_point pushed_at;
        Clock::duration held_up_before{};
        InputLine read;
        bool done = false;
        std::optional<Error> trouble;   // why it has no keys yet
        std::atomic<bool> left{false};  // handed on without what its reader would have made of it
    };
    using SlotPtr = std::shared_ptr<Slot>;  // its reader may come back after it was left

    void hurry();
    void read_lines();
    InputLine read_patiently(Slot& slot);
    InputLine read_without_keys(const Slot& slot) const;
    void hand_on();
    void take_ready(std::vector<InputLine>& taken);
    Clock::time_point due(const Slot& slot) const;
    bool at_end() const { return ended_ && slots_.empty(); }

    Sealer& sealer_;
    const std::string name_;
    const std::chrono::milliseconds patience_;
    const std::function<bool(InputLine)> take_;

    std::mutex mutex_;
    std::condition_variable unread_;  // there is a line to be read, or the end
    std::condition_variable ready_;   // the first slot is done, or the end
    std::condition_variable room_;
    std::condition_variable hurry_;  // hurried_
    std::deque<SlotPtr> slots_;      // in order; [0, begun_) are read or being read
    std::size_t begun_ = 0;
    Clock::duration held_up_{};  // by `take`, so far
    bool ended_ = false;         // nothing more is pushed
    bool refused_ = false;       // `take` wants no more
    bool hurried_ = false;       // nothing waits for keys
    std::vector<std::thread> readers_;
    std::thread handing_on_;
};

}  // namespace ledger::tools
