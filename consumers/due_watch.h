// The issuer at work beside a node of a production ledger: a thread that looks when a day begins,
// and at its start. A sandbox ledger's clock stands in its log: sandbox_clock.h issues there.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "consumers/deadlines.h"
#include "consumers/due_hours.h"

namespace ledger {

class DueWatch {
public:
    // Ledger and node outlive it. `say` is told why a look failed, on the thread of its own.
    DueWatch(const Ledger& ledger, Node& node, std::function<void(const std::string&)> say);
    // Waits for the commands that are out; they are answered within the node's patience.
    ~DueWatch();

private:
    void watch();
    Result<void> look(Deadlines& deadlines, const DueLook& look);

    const Ledger& ledger_;
    Node& node_;
    const std::function<void(const std::string&)> say_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace ledger
