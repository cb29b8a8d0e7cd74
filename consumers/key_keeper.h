// Entries whose data keys are not durable yet, and the thread that makes them so: no entry is
// handed to the log before the key store has every key that it was sealed under (events/seal.h).
// That waits for a disk or for brokers, which a node's worker must not do.
//
// append() and go_on() are one caller's thread's. What a partition has behind a batch that waits
// for its keys waits too, so that the order stays.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "events/bytes.h"
#include "events/ids.h"
#include "events/log/log.h"
#include "events/seal.h"

namespace ledger {

class KeyKeeper {
public:
    // Both outlive this. Without a sealer nothing is sealed. `on_kept` is called on the keeper's
    // thread when go_on() has something to do.
    KeyKeeper(log::Log& log, Sealer* sealer, std::function<void()> on_kept);
    // Waits for no store: the sealer's stop_waiting() is called when it is at work.
    ~KeyKeeper();

    // Hands the records to the log, at once or in a later go_on(). Errors as of log::Log::append.
    Result<void> append(PartitionId partition, std::vector<Bytes> records);

    struct Lost {
        PartitionId partition;
        Error why;
    };
    // Hands on what has its keys now. Gives what could not be handed on, which is as good as lost.
    std::vector<Lost> go_on();

private:
    struct Batch {
        PartitionId partition;
        std::vector<Bytes> records;
        std::vector<Id128> keys;
        Result<void> kept;
    };

    Result<void> hand_over(PartitionId partition, const std::vector<Bytes>& records);
    bool holds(PartitionId partition) const;
    void work();

    log::Log& log_;
    Sealer* sealer_;
    std::function<void()> on_kept_;
    std::vector<std::uint32_t> held_of_;  // batches by partition; the caller's
    std::mutex mutex_;                    // of what follows
    std::condition_variable changed_;
    std::deque<Batch> waiting_;
    std::vector<Batch> done_;
    bool at_work_ = false;
    bool stopping_ = false;
    std::thread worker_;
};

}  // namespace ledger
