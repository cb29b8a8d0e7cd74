#include "consumers/start.h"

#include "projections/queries.h"

namespace ledger {
namespace {

constexpr std::chrono::milliseconds kFoundPatience{10'000};

Error torn(PartitionId partition, const std::string& what) {
    return error("partition " + std::to_string(number(partition)) + ": " + what +
                 "; the log was cut off, made anew or put back from a copy. Put the right log "
                 "back; if this log is the "
                 "right one, delete the views folder: they are made again from the log");
}

}  // namespace

Result<std::optional<Bytes>> record_at(log::Log& log, PartitionId partition, Position position) {
    const log::ReadFrom from{partition, position};
    const auto cursor = log.read({&from, 1});
    if (!cursor) return cursor.error();
    const auto until = std::chrono::steady_clock::now() + kFoundPatience;
    while (std::chrono::steady_clock::now() < until) {
        const auto batches = (*cursor)->poll(std::chrono::milliseconds{200}, 1);
        if (!batches) return batches.error();
        for (const log::ReadBatch& batch : *batches)
            for (const log::StoredRecord& record : batch.records) {
                if (record.position != position) return std::optional<Bytes>{};
                return std::optional<Bytes>(Bytes(record.bytes.begin(), record.bytes.end()));
            }
    }
    return no_answer("partition " + std::to_string(number(partition)) +
                     " could not be read at position " + std::to_string(number(position)) +
                     " in time; is the log reachable?");
}

Result<Reading> stored_reading(log::Log& log, const views::Snapshot& rows, PartitionId partition) {
    auto stored = views::find_reading(rows, partition);
    if (!stored) return stored.error();
    Reading reading = std::move(stored->reading);
    if (number(reading.next) == 0) return reading;
    const auto end = log.end(partition);
    if (!end) return end.error();
    if (*end < reading.next)
        return torn(partition, "the log ends at " + std::to_string(number(*end)) +
                                   ", the views have read up to " +
                                   std::to_string(number(reading.next)));
    const auto last = record_at(log, partition, reading.last);
    if (!last) return last.error();
    if (!*last || sha256(**last) != reading.last_digest)
        return torn(partition, "the record at position " + std::to_string(number(reading.last)) +
                                   " is not the one the views have read");
    return reading;
}

}  // namespace ledger
