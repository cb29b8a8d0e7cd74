// What the writer needs from the rest of the ledger. Owned here, implemented by the views and by
// the shell.
#pragma once

#include <cstdint>
#include <functional>

#include "events/ids.h"
#include "events/reading.h"

namespace ledger {

// The history of partners as far as a view has applied it.
class History {
public:
    virtual ~History() = default;

    using Visit = std::function<void(Position, const RecordView&)>;

    // Every valid entry of the partner, in order of version; of the ledger itself when `partner` is
    // empty. Error: the view can't be read.
    virtual Result<void> replay(PartitionId partition, const PartnerId& partner,
                                const Visit& visit) = 0;
};

// Randomness, so that a simulation can repeat itself.
class Random {
public:
    virtual ~Random() = default;
    virtual Id128 fresh_id() = 0;
    // A number from `low` to `high`, both included.
    virtual std::uint64_t between(std::uint64_t low, std::uint64_t high) = 0;
};

// The moment a step machine is told it is. Two clocks: one that only goes forward, for patience,
// and the ledger's.
struct Now {
    std::int64_t monotonic_ms = 0;
    std::int64_t wall_ms =
        0;  // since 1970-01-01; what entries are stamped with unless the clock is in the log
};

}  // namespace ledger
