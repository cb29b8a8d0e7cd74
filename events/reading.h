// Reading one partition: the judge applied record by record, with everything counted, so that
// nothing is skipped silently: applied + voided + control + absent = span of positions. A step
// machine: no I/O, no clock.
#pragma once

#include <cstdint>
#include <string>

#include "events/judge.h"
#include "events/result.h"

namespace ledger {

// Reading can't go past a record: the reader stays before it.
inline constexpr ErrorCode kReaderStopped{"reader.stopped"};

// What was met since the start of the log.
struct Counts {
    std::uint64_t applied = 0;
    std::uint64_t voided = 0;
    std::uint64_t control = 0;
    std::uint64_t absent =
        0;  // positions that hold no record: on Kafka, a stray transaction's markers
    std::uint64_t claims = 0;  // valid ones, part of control

    bool operator==(const Counts&) const = default;
};

// How far a reader has come in a partition, and all it needs to go on.
struct Reading {
    Position next{};  // the next position to read
    JudgeState judge;
    Counts counts;
    Position last{};  // of the last record read
    Hash last_digest{};

    bool operator==(const Reading&) const = default;
};

// A record with its verdict. The view points into bytes that somebody else keeps.
struct Judged {
    Position position{};
    Verdict verdict;
    RecordView record;
};

// Reads the next record. `bytes` is aligned; its position is at or after reading.next. Error: this
// reader must stop here, and why; the reading is as before.
Result<Judged> read_next(Reading& reading, Position position, BytesView bytes);

}  // namespace ledger
