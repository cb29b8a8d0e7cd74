// A command on its way through the writer, and what its caller hears in the end.
#pragma once

#include <cstdint>

#include "aggregates/answer.h"
#include "aggregates/stream_order.h"
#include "events/bytes.h"
#include "events/date.h"

namespace ledger {

// The caller's own number for a command it waits for.
enum class Ticket : std::uint64_t {};

// Where a command comes from.
struct Origin {
    Stream stream = kNoStream;
    std::int64_t waited_ms = 0;  // already, of the patience it has
};

struct Answered {
    Ticket ticket{};
    Answer answer;
    Bytes command;     // of a refusal, for those who keep them
    Time judged_at{};  // the same; the ledger's
};

namespace writing {

// A command and its place in the order of arrival.
struct Work {
    Ticket ticket{};
    Bytes command;
    Id128 fingerprint;
    std::uint64_t arrival = 0;
    std::int64_t arrived_ms = 0;
    Stream stream = kNoStream;
    Time judged_at{};        // the ledger's, the last time it was judged
    std::uint32_t lost = 0;  // how often its entry was handed over and never came to stand
};

}  // namespace writing
}  // namespace ledger
