// The port of the log: the one thing that is true. Two adapters, embedded (RocksDB) and kafka
// (librdkafka), one contract suite (tests/events/log).
//
// What "done" means. append() hands records over; nothing that it or a notice says tells whether
// they stand in the log: only reading them back does. Records of one append, and of appends one
// after another by one Log, come in that order if they come; any of them may be missing, late, or
// (after an error) come twice.
//
// Threads: append, ask_end, take_notices and a cursor belong to one thread at a time; wake() may be
// called by any.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"

namespace ledger::log {

// A part of it that should be there can't be read.
inline constexpr ErrorCode kLogDamaged{"log.damaged"};
// Its end, or what is to be read next, isn't there any more.
inline constexpr ErrorCode kLogTruncated{"log.truncated"};
// Another log stands in its place.
inline constexpr ErrorCode kLogReplaced{"log.replaced"};
inline constexpr ErrorCode kLogMissing{"log.missing"};
// Another process has it, or the key store beside it.
inline constexpr ErrorCode kLogInUse{"log.in-use"};
// Under its settings entries could be lost.
inline constexpr ErrorCode kLogUnfit{"log.unfit"};
inline constexpr ErrorCode kUnknownSetting{"log.unknown-setting"};

// A record as it stands in the log.
struct StoredRecord {
    Position position{};
    BytesView bytes;  // any alignment; lives as long as its batch
    // When the log took it, by the clock of whoever keeps the log, in ms since 1970; 0: this
    // machine keeps it, or the log doesn't say.
    std::int64_t taken_at_ms = 0;
};

// Records of one partition in the order of their positions. Positions may have holes.
struct ReadBatch {
    PartitionId partition{};
    std::vector<StoredRecord> records;
    std::shared_ptr<const void> owner;  // keeps the bytes alive
};

struct ReadFrom {
    PartitionId partition{};
    Position position{};
};

// Reads some partitions, each from a position on, for ever.
class Cursor {
public:
    virtual ~Cursor() = default;

    // What is there, in batches of at most `max_records` altogether; none when `patience` is over
    // (0: don't wait) or after a wake(). Error: the log can't be read any further, and why
    // (truncated, recreated, broken).
    virtual Result<std::vector<ReadBatch>> poll(std::chrono::milliseconds patience,
                                                std::size_t max_records) = 0;

    // Ends a waiting poll() early. Any thread.
    virtual void wake() = 0;
};

// What the log has to say outside the records.
struct Notice {
    enum class Kind {
        end_is,           // the answer to ask_end
        end_unavailable,  // no answer could be had; ask again
        doubt,            // some record handed over may be lost or late: settle by a new claim
        // Of the whole log, whatever the partition; told again while it lasts.
        unfit,  // nothing new may be written, and why; it may still be read
        gone,   // it isn't there any more, and what to do
        fit,    // it may be written again; told once
    };
    Kind kind{};
    PartitionId partition{};
    std::uint64_t token = 0;  // of ask_end
    Position end{};  // one past the last record, as of some moment after ask_end was called
    std::string why;
};

class Log {
public:
    virtual ~Log() = default;

    // Number of partitions, fixed for ever.
    virtual std::uint32_t partitions() const = 0;

    // Hands records over. Error with Effect::none: nothing of it will ever come; with unknown:
    // treat as doubt.
    virtual Result<void> append(PartitionId partition, std::span<const Bytes> records) = 0;

    // Asks for the end of a partition; the answer comes as a notice.
    virtual void ask_end(PartitionId partition, std::uint64_t token) = 0;

    // Moves the notices that have come since into `out`.
    virtual void take_notices(std::vector<Notice>& out) = 0;

    // Called from any thread when a notice has come: makes the owner's poll return. Set once,
    // before use.
    virtual void on_notice(std::function<void()> wake) = 0;

    // One past the last record. Waits for the answer.
    virtual Result<Position> end(PartitionId partition) = 0;

    virtual Result<std::unique_ptr<Cursor>> read(std::span<const ReadFrom> from) = 0;
};

}  // namespace ledger::log
