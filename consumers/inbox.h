// What was handed to a node and its worker has not come to. Bounded: who brings one more waits for
// the worker's next turn. Nobody is told "busy" here, for what stands behind such a command in its
// input would have to fail as well, which the writer alone knows.
//
// Threads: any thread puts; the worker takes.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "aggregates/answer.h"
#include "aggregates/ports.h"
#include "aggregates/writer.h"
#include "events/bytes.h"
#include "events/ids.h"

namespace ledger {

struct Submission {
    PartitionId partition{};
    Bytes command;  // empty: settle
    Id128 fingerprint;
    std::function<void(const Answer&)> on_answer;
    Origin origin = {};
};

class Inbox {
public:
    // Waits while kInboxMaxCommands are in it, unless the worker itself brings it, which can't wait
    // for its own turn. Answered failed on the spot when it is closed or the clock is in doubt.
    // True: it is the first one since the last turn, so the worker is to be woken.
    bool put(Submission submission, bool by_worker);
    // All there is, in order.
    std::vector<Submission> take();

    // The machine's clock is in doubt, and why; empty: it is not any more.
    void doubt_clock(std::string why);
    // Takes nothing more for good, and why. The first reason stays.
    void close(std::string why);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Submission> waiting_;
    std::string clock_doubt_;
    std::string closed_;
};

}  // namespace ledger
