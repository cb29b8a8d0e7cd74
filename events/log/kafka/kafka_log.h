// The log on Apache Kafka: topic <prefix>.ledger.v1, one record a message, no key and no headers
// (the value is the truth, and the port doesn't tell whose record it is).
//
// Several processes may append to it at any time. Nothing but reading back tells what stands in it;
// what librdkafka learns of failures becomes a notice of doubt. Positions are offsets: the markers
// that transactions leave are holes.
//
// Threads as in the port. A cursor has its own connections and may outlive the log. Closing takes
// at most a few seconds, also when the brokers are away.
#pragma once

#include <memory>
#include <string>

#include "events/log/kafka/kafka_options.h"
#include "events/log/log.h"
#include "events/result.h"

namespace ledger::log {

class KafkaLog : public Log {
public:
    ~KafkaLog() override;

    std::uint32_t partitions() const override;
    Result<void> append(PartitionId partition, std::span<const Bytes> records) override;
    void ask_end(PartitionId partition, std::uint64_t token) override;
    void take_notices(std::vector<Notice>& out) override;
    void on_notice(std::function<void()> wake) override;
    Result<Position> end(PartitionId partition) override;
    Result<std::unique_ptr<Cursor>> read(std::span<const ReadFrom> from) override;

    // Leaves the partitions from `count` on out, as if they weren't there; before anything is read
    // or written. Gives those of them that hold records.
    Result<std::vector<PartitionId>> keep_first(std::uint32_t count);

    const std::string& topic() const;

private:
    struct Inside;
    explicit KafkaLog(std::unique_ptr<Inside> inside);
    friend Result<std::unique_ptr<KafkaLog>> open_kafka(const KafkaOptions& options);

    std::unique_ptr<Inside> inside_;
};

// Error: no broker answers; the topic isn't there; its settings could lose history, and the command
// that mends them. The number of partitions is for the caller to compare with the genesis record.
Result<std::unique_ptr<KafkaLog>> open_kafka(const KafkaOptions& options);

}  // namespace ledger::log
