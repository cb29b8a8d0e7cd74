#include "consumers/read_partition.h"

#include "events/limits.h"

namespace ledger {
namespace {

constexpr std::chrono::milliseconds kReadPatience{1'000};
// Looks without a record before the log counts as unreachable.
constexpr int kIdleLooksMax = 20;

Error in_partition(PartitionId partition, const std::string& what) {
    return error("partition " + std::to_string(number(partition)) + " " + what);
}

class PartitionReader {
public:
    PartitionReader(PartitionId partition, Position end, const OnRecord& on_record)
        : partition_(partition), end_(end), on_record_(on_record) {}

    bool done() const { return ended_ || reading_.next >= end_; }

    Result<void> take(const log::ReadBatch& batch) {
        for (const log::StoredRecord& stored : batch.records) {
            if (done() || stored.position >= end_) {
                ended_ = true;
                break;
            }
            last_ = aligned(stored.bytes, scratch_);
            const auto judged = read_next(reading_, stored.position, last_);
            if (!judged) return in_partition(partition_, judged.error().message);
            const auto goes_on = on_record_(*judged, reading_);
            if (!goes_on) return goes_on.error();
            ended_ = !*goes_on;
        }
        // Its bytes go with the batch.
        if (!last_.empty()) reading_.last_digest = sha256(last_);
        last_ = {};
        return {};
    }

    Reading& reading() { return reading_; }

private:
    PartitionId partition_;
    Position end_;
    const OnRecord& on_record_;
    Reading reading_;
    bool ended_ = false;
    BytesView last_;
    Bytes scratch_;
};

}  // namespace

Result<Reading> read_partition(log::Log& log, PartitionId partition, Position end,
                               const OnRecord& on_record) {
    PartitionReader reader(partition, end, on_record);
    if (reader.done()) return std::move(reader.reading());
    const log::ReadFrom from{partition, Position{0}};
    const auto cursor = log.read({&from, 1});
    if (!cursor) return cursor.error();
    int idle = 0;
    while (!reader.done()) {
        const auto batches = (*cursor)->poll(kReadPatience, limits::kReadMaxRecords);
        if (!batches) return batches.error();
        idle = batches->empty() ? idle + 1 : 0;
        if (idle > kIdleLooksMax)
            return in_partition(partition, "can't be read beyond position " +
                                               std::to_string(number(reader.reading().next)) +
                                               "; is the log reachable?");
        for (const log::ReadBatch& batch : *batches)
            if (const auto taken = reader.take(batch); !taken) return taken.error();
    }
    return std::move(reader.reading());
}

}  // namespace ledger
