// Somebody who listens beside the views of a simulated node and keeps a position of its own, which
// is written now and then: a crash goes back to it. It counts every record it is given, and what it
// has counted must be what was read.
#pragma once

#include <string>
#include <vector>

#include "consumers/sink.h"

namespace ledger::sim {

class SimSink {
public:
    explicit SimSink(std::size_t partitions) : live_(partitions), durable_(partitions) {}

    // Where it goes on after a start.
    std::vector<Reading> from() const;
    // What is wrong with the batch; empty: nothing.
    std::string take(const JudgedBatch& batch);
    void keep() { durable_ = live_; }
    void crash() { live_ = durable_; }
    void forget() { live_ = durable_ = std::vector<Kept>(live_.size()); }

private:
    struct Kept {
        Reading after;
        std::uint64_t records = 0;
    };
    std::vector<Kept> live_;
    std::vector<Kept> durable_;
};

}  // namespace ledger::sim
