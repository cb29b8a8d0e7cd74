#include "tests/sim/memory_log.h"

namespace ledger::sim {
namespace {

class MemoryCursor : public log::Cursor {
public:
    MemoryCursor(const MemoryLog& log, std::span<const log::ReadFrom> from)
        : log_(log), from_(from.begin(), from.end()) {}

    Result<std::vector<log::ReadBatch>> poll(std::chrono::milliseconds,
                                             std::size_t max_records) override {
        std::vector<log::ReadBatch> batches;
        for (log::ReadFrom& from : from_) {
            const MemoryLog::Records& records = log_.records(from.partition);
            log::ReadBatch batch;
            batch.partition = from.partition;
            for (; number(from.position) < records.size() && max_records > 0;
                 from.position = next(from.position)) {
                const auto& record = records[number(from.position)];
                if (!record) continue;
                batch.records.push_back({from.position, *record});
                --max_records;
            }
            if (!batch.records.empty()) batches.push_back(std::move(batch));
        }
        return batches;
    }
    void wake() override {}

private:
    const MemoryLog& log_;
    std::vector<log::ReadFrom> from_;
};

}  // namespace

Result<void> MemoryLog::append(PartitionId partition, std::span<const Bytes> records) {
    Records& to = partitions_[number(partition)];
    to.insert(to.end(), records.begin(), records.end());
    return {};
}

Result<std::unique_ptr<log::Cursor>> MemoryLog::read(std::span<const log::ReadFrom> from) {
    return std::unique_ptr<log::Cursor>(std::make_unique<MemoryCursor>(*this, from));
}

}  // namespace ledger::sim
