// The issuer at work beside a node of a production ledger: a thread that looks at its start and
// when a day begins (due_hours.h). A sandbox ledger's clock stands in its log: sandbox_clock.h
// issues there.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "consumers/deadlines.h"
#include "consumers/due_hours.h"
#include "consumers/ledger.h"

namespace ledger {

class DueWatch {
public:
    // Ledger and node outlive it. `say` is told why a look failed, on the thread of its own.
    DueWatch(const Ledger& ledger, Node& node, std::function<void(const std::string&)> say);
    // Waits for the commands that are out, which a node that is closed has answered.
    ~DueWatch();

    // Submits nothing more, and says nothing. To be called before the node is closed.
    void stop();

private:
    void watch();
    Result<void> look(Deadlines& deadlines, const DueLook& look);
    bool stopped();

    const Ledger& ledger_;
    Node& node_;
    const std::function<void(const std::string&)> say_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopped_ = false;
    std::thread thread_;
};

}  // namespace ledger
