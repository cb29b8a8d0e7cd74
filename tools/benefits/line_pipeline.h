// Makes commands of lines on several threads and hands them on in order. Sealing the texts of a new
// person waits for the disk or the broker; side by side those waits are shared.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/benefits/input_line.h"

namespace ledger::tools {

class LinePipeline {
public:
    // `take` gets every line in order, on one thread of its own; false from it: no more of them.
    // `name` is the input's, for messages.
    LinePipeline(Sealer& sealer, std::string name, std::function<bool(InputLine)> take);
    ~LinePipeline();

    // Waits while too many are on their way. False: `take` wants no more.
    bool push(const Line& line);
    // Waits until every line was taken.
    void finish();

private:
    struct Slot {
        std::string text;
        Line line;
        InputLine read;
        bool done = false;
    };

    void read_lines();
    void hand_on();
    bool at_end() const { return ended_ && slots_.empty(); }

    Sealer& sealer_;
    const std::string name_;
    const std::function<bool(InputLine)> take_;

    std::mutex mutex_;
    std::condition_variable unread_;  // there is a line to be read, or the end
    std::condition_variable ready_;   // the first slot is done, or the end
    std::condition_variable room_;
    std::deque<Slot> slots_;  // in order; [0, begun_) are read or being read
    std::size_t begun_ = 0;
    bool ended_ = false;    // nothing more is pushed
    bool refused_ = false;  // `take` wants no more
    std::vector<std::thread> readers_;
    std::thread handing_on_;
};

}  // namespace ledger::tools
