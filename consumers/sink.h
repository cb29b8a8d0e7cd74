// Those who listen to what is judged: each takes a partition's records in their order, from a
// position of its own on, which it keeps with whatever it makes of them. The projector is one
// (projector.h).
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "consumers/judged_batch.h"
#include "events/result.h"

namespace ledger {

// Called on the thread of whoever reads.
class Sink {
public:
    virtual ~Sink() = default;

    // Waits up to `patience` until more may be read for it; true as well once it has stopped, which
    // push() tells. False: not in that time, and nothing is read for anybody. Whoever must not hold
    // the others up has always room, and sees for itself what it does with too much.
    virtual bool has_room(std::chrono::milliseconds patience) = 0;
    // Never waits: what one read gives is taken, however much waits. Error: it has stopped for
    // good, and why.
    virtual Result<void> push(JudgedBatch batch) = 0;
};

// A sink, and where it goes on: by partition, its reading behind the last record that it has kept.
struct Listener {
    Sink* sink = nullptr;  // outlives whoever reads for it
    std::vector<Reading> from;
};

// How far somebody has come who listens: what it has taken before is not given to it again.
class Taken {
public:
    explicit Taken(const std::vector<Reading>& from);

    // What is new of a batch; nothing where nothing is.
    std::optional<JudgedBatch> news(JudgedBatch batch);

private:
    std::vector<Position> next_;  // by partition
};

// Where a partition is to be read from so that nobody misses a record.
Reading earliest(const std::vector<Listener>& listeners, PartitionId partition);

}  // namespace ledger
