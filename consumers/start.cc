#include "consumers/start.h"

#include "events/log/span.h"
#include "projections/queries.h"

namespace ledger {
namespace {

Error torn(PartitionId partition, const std::string& what) {
    return error("partition " + std::to_string(number(partition)) + ": " + what +
                 "; the log was cut off, made anew or put back from a copy. Put the right log "
                 "back; if this log is the "
                 "right one, delete the views folder: they are made again from the log");
}

}  // namespace

Result<std::optional<Bytes>> record_at(log::Log& log, PartitionId partition, Position position) {
    std::optional<Bytes> found;
    const auto read = log::read_span(
        log, {.partition = partition, .from = position, .end = next(position), .most_at_once = 1},
        [&](const log::ReadBatch& batch) -> Result<bool> {
            const BytesView bytes = batch.records.front().bytes;
            found.emplace(bytes.begin(), bytes.end());
            return false;
        });
    if (!read) return read.error();
    return found;
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
