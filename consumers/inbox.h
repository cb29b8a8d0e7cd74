// What was handed to a node and its worker has not come to. Bounded: who brings one more waits for
// the worker's next turn. Nobody is told "busy" here, for what stands behind such a command in its
// input would have to fail as well, which the writer alone knows.
//
// Threads: any thread puts; the worker takes.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "aggregates/answer.h"
#include "aggregates/ports.h"
#include "aggregates/writer.h"
#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"

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
    // for its own turn. Answered failed on the spot when it is closed or in doubt.
    // True: it is the first one since the last turn, so the worker is to be woken.
    bool put(Submission submission, bool by_worker);
    // All there is, in order.
    std::vector<Submission> take();

    // Takes nothing while there is a doubt, and which.
    void doubt(std::optional<Error> why);
    // Takes nothing more for good, and why. The first reason stays.
    void close(const Error& why);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Submission> waiting_;
    std::optional<Error> doubt_;
    std::optional<Error> closed_;
};

}  // namespace ledger
