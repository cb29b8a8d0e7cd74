// Reads a partition from a position up to an end that is known, from whichever log.
#pragma once

#include <chrono>
#include <functional>

#include "events/limits.h"
#include "events/log/log.h"

namespace ledger::log {

// A log that gives no record for so long, though its end lies further on, can't be reached: silence
// is never taken for the end.
inline constexpr std::chrono::milliseconds kSilenceMax{30'000};

struct Span {
    PartitionId partition{};
    Position from{};
    Position end{};  // as Log::end() gave it, or earlier
    std::size_t most_at_once = limits::kReadMaxRecords;
    std::chrono::milliseconds silence_max = kSilenceMax;
};

// Records in order, none at or beyond the end. False ends the reading; so does an Error, which is
// given on. Bytes live until it returns, and longer with the batch's owner.
using OnBatch = std::function<Result<bool>(const ReadBatch& batch)>;

// Error: the log can't be read so far; kNoAnswer where it was silent.
Result<void> read_span(Log& log, const Span& span, const OnBatch& on_batch);

}  // namespace ledger::log
