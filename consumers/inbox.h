// Commands that were handed to a node and that its worker has not taken yet. Bounded: whoever
// brings one more waits for the worker's next turn. Nobody is told "busy" here, for then the
// commands behind it in the same input would have to fail as well, and only the writer knows which
// those are.
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
    // The same for several, which the worker takes in one turn; room is waited for as for one. Not
    // by the worker.
    bool put(std::vector<Submission> together);
    // All there is, in order.
    std::vector<Submission> take();

    // Sets a doubt, or ends it. While there is one nothing is taken, and it is what callers are
    // told.
    void doubt(std::optional<Error> why);
    // From now on nothing is taken, and why; of several reasons the first counts.
    void close(const Error& why);

private:
    using Lock = std::unique_lock<std::mutex>;

    // Nothing: there is room, or none is to be waited for. Else why nothing is taken.
    std::optional<Error> wait_for_room(Lock& lock, bool by_worker);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Submission> waiting_;
    std::optional<Error> doubt_;
    std::optional<Error> closed_;
};

}  // namespace ledger
