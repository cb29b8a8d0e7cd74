#include "consumers/newest_entry.h"

#include <algorithm>

#include "events/log/span.h"

namespace ledger {
namespace {

// Claims and checkpoints may stand behind the last entry; seldom many.
constexpr std::uint64_t kLookBackPositions = 64;
constexpr std::uint64_t kLookBackGrowth = 8;

void take_later(std::optional<Time>& newest, std::optional<Time> other) {
    newest = std::max(newest, other);
}

// Of the entries from `from` up to `end`, valid or not.
Result<std::optional<Time>> newest_between(log::Log& log, PartitionId partition, std::uint64_t from,
                                           std::uint64_t end) {
    std::optional<Time> newest;
    Bytes scratch;
    const auto read = log::read_span(log, {partition, Position{from}, Position{end}},
                                     [&](const log::ReadBatch& batch) -> Result<bool> {
                                         for (const log::StoredRecord& stored : batch.records) {
                                             const RecordView record =
                                                 decode_record(aligned(stored.bytes, scratch));
                                             if (record.entry)
                                                 take_later(newest, Time{record.entry->time()});
                                         }
                                         return true;
                                     });
    if (!read) return read.error();
    return newest;
}

Result<std::optional<Time>> newest_behind(log::Log& log, PartitionId partition, Position read_to) {
    const auto end = log.end(partition);
    if (!end) return end.error();
    const std::uint64_t first = number(read_to), last = number(*end);
    if (first >= last) return std::optional<Time>();
    for (std::uint64_t back = kLookBackPositions;; back *= kLookBackGrowth) {
        const std::uint64_t from = last - first > back ? last - back : first;
        auto newest = newest_between(log, partition, from, last);
        if (!newest || *newest || from == first) return newest;
    }
}

}  // namespace

Result<std::optional<Time>> newest_in(const views::Snapshot& rows, std::uint32_t partitions) {
    std::optional<Time> newest;
    for (std::uint32_t i = 0; i < partitions; ++i) {
        const auto stored = views::find_reading(rows, PartitionId{i});
        if (!stored) return stored.error();
        const JudgeState& judge = stored->reading.judge;
        if (judge.seq > 0) take_later(newest, Time{judge.time});
    }
    return newest;
}

Result<std::optional<Time>> newest_entry(const Ledger& ledger) {
    const auto rows = ledger.rows->snapshot();
    const std::uint32_t partitions = ledger.log->partitions();
    auto newest = newest_in(*rows, partitions);
    if (!newest || !ledger.place.brokers.empty()) return newest;
    for (std::uint32_t i = 0; i < partitions; ++i) {
        const auto stored = views::find_reading(*rows, PartitionId{i});
        if (!stored) return stored.error();
        const auto behind = newest_behind(*ledger.log, PartitionId{i}, stored->reading.next);
        if (!behind) return behind.error();
        take_later(*newest, *behind);
    }
    return newest;
}

}  // namespace ledger
