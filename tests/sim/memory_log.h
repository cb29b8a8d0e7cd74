// A log in memory behind the port of the log: nothing goes wrong in it. What copies are made from
// and to.
#pragma once

#include <optional>

#include "events/log/log.h"

namespace ledger::sim {

class MemoryLog : public log::Log {
public:
    using Records = std::vector<std::optional<Bytes>>;  // none: a position without a record

    explicit MemoryLog(std::vector<Records> partitions) : partitions_(std::move(partitions)) {}

    std::uint32_t partitions() const override {
        return static_cast<std::uint32_t>(partitions_.size());
    }
    Result<void> append(PartitionId partition, std::span<const Bytes> records) override;
    void ask_end(PartitionId, std::uint64_t) override {}
    void take_notices(std::vector<log::Notice>&) override {}
    void on_notice(std::function<void()>) override {}
    Result<Position> end(PartitionId partition) override {
        return Position{records(partition).size()};
    }
    Result<std::unique_ptr<log::Cursor>> read(std::span<const log::ReadFrom> from) override;

    const Records& records(PartitionId partition) const { return partitions_[number(partition)]; }

private:
    std::vector<Records> partitions_;
};

}  // namespace ledger::sim
