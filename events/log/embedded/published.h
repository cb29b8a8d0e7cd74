// What cursors may see: the end of each partition as far as it is synced, and the last records in
// memory (the tail), so that a reader at the end needs no disk. One committer publishes; any number
// of readers look and wait. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <vector>

#include "events/log/embedded/chunk.h"

namespace ledger::log {

// A place to wait for one reader; registered with Published as long as it lives.
struct Waiter {
    std::condition_variable condition;
    std::vector<PartitionId> partitions;
    bool waiting = false;
    bool woken = false;  // stays set until the next wait() or look
};

class Published {
public:
    // The tail keeps at most `tail_max_bytes`, but always the last chunk.
    Published(std::vector<std::uint64_t> ends, std::size_t tail_max_bytes);
    ~Published();

    std::uint64_t end(PartitionId partition) const;

    // Makes the chunks visible; each begins at its partition's end.
    void publish(std::span<const SharedChunk> chunks);

    // Where one partition stands for a reader at `position`.
    struct Look {
        std::uint64_t end = 0;
        std::uint64_t tail_first = 0;     // first position in memory; end when there is none
        std::vector<SharedChunk> chunks;  // with the wanted positions, when they are in memory
    };
    // Chunks hold up to `max_records` records from `position` on.
    Look look(PartitionId partition, std::uint64_t position, std::size_t max_records) const;

    struct Place {
        PartitionId partition{};
        std::uint64_t next = 0;
    };
    void enter(Waiter& waiter);
    void leave(Waiter& waiter);
    // Until one of the places is behind its end, a wake, or the deadline. True when woken.
    bool wait(Waiter& waiter, std::span<const Place> places,
              std::chrono::steady_clock::time_point deadline);
    void wake(Waiter& waiter);

private:
    struct Tail {
        std::uint64_t end = 0;
        std::deque<SharedChunk> chunks;
    };

    bool behind(std::span<const Place> places) const;

    const std::size_t tail_max_bytes_;
    mutable std::mutex mutex_;
    std::vector<Tail> tails_;
    std::deque<std::uint32_t> oldest_first_;  // partition of each chunk in memory
    std::size_t tail_bytes_ = 0;
    std::vector<Waiter*> waiters_;
};

}  // namespace ledger::log
