// librdkafka's consumer as we use it: partitions assigned with explicit offsets, no group, no
// commits, uncommitted records included, nothing skipped: a position that the log doesn't have any
// more is an error. Below the cursor of the log and the key store.
//
// Where a log ends with the markers of transactions, no record tells that its end was reached; the
// event of librdkafka that does (enable.partition.eof) is passed on by at_end.
//
// One thread polls; any may wake.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "events/log/kafka/kafka_client.h"
#include "events/log/log.h"

namespace ledger::log::kafka {

class KafkaConsumer {
public:
    static Result<std::unique_ptr<KafkaConsumer>> make(const KafkaOptions& options,
                                                       std::string topic,
                                                       std::span<const ReadFrom> from);
    ~KafkaConsumer();

    // Records that are there, at most `max_records`; none when `patience` is over, or woken. They
    // pin librdkafka's fetch buffers and must be destroyed before this.
    Result<std::span<const MessagePtr>> poll(std::chrono::milliseconds patience,
                                             std::size_t max_records);
    // Lets go of what poll gave.
    void release() { messages_.clear(); }

    void wake();

    // How far a partition was read: one past its last record, or further when nothing but holes
    // follows.
    Position reached(PartitionId partition) const { return places_[number(partition)].reached; }

    // Called within poll when a partition's end was reached: behind its last record and holes.
    using AtEnd = std::function<void(PartitionId, Position after_last_record, Position end)>;
    void on_end(AtEnd at_end) { at_end_ = std::move(at_end); }

private:
    struct Place {
        Position after_last_record{};
        Position reached{};
    };

    KafkaConsumer(const KafkaOptions& options, std::string topic);
    void drain(std::size_t max_records);
    void wait_for_one(std::chrono::steady_clock::time_point deadline);
    void keep(rd_kafka_message_t* raw);
    void pass_end(const rd_kafka_message_t& message);
    Error explain(const rd_kafka_message_t& message) const;

    const KafkaOptions options_;
    const std::string topic_;
    ClientEvents events_;
    HandlePtr handle_;
    QueuePtr queue_;
    std::vector<rd_kafka_message_t*> drained_;
    std::vector<MessagePtr> messages_;
    std::vector<Place> places_;  // by partition
    AtEnd at_end_;
    std::optional<Error> broken_;  // for ever
    std::atomic<bool> woken_ = false;
};

}  // namespace ledger::log::kafka
