#include "consumers/read_partition.h"

#include "consumers/reader.h"
#include "events/log/span.h"

namespace ledger {

Result<Reading> read_partition(log::Log& log, PartitionId partition, Position end,
                               const OnRecord& on_record) {
    Reader reader(partition, {});
    bool ended = false;
    Hash last_digest{};
    const auto visit = [&](const Judged& judged, const log::StoredRecord&,
                           const Reading& after) -> Result<bool> {
        const auto goes_on = on_record(judged, after);
        ended = goes_on && !*goes_on;
        return goes_on;
    };
    const auto take = [&](const log::ReadBatch& batch) -> Result<bool> {
        const auto judged = reader.read(batch, visit);
        if (!judged) return judged.error();
        if (!reader.stopped().empty()) return error(kNodeStopped, reader.stopped());
        last_digest = sha256(judged->records.back().record.bytes);
        return !ended;
    };
    const auto read = log::read_span(log, {partition, Position{0}, end}, take);
    if (!read) return read.error();
    Reading reading = reader.reading();
    reading.last_digest = last_digest;
    return reading;
}

}  // namespace ledger
