#include "events/log/kafka/kafka_cursor.h"

#include <cstring>
#include <limits>

namespace ledger::log::kafka {
namespace {

constexpr std::size_t kNoBatch = std::numeric_limits<std::size_t>::max();

constexpr std::size_t words_of(std::size_t bytes) {
    return (bytes + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
}

}  // namespace

KafkaCursor::KafkaCursor(std::unique_ptr<KafkaConsumer> consumer, std::uint32_t partitions,
                         std::shared_ptr<Tails> tails)
    : tails_(std::move(tails)), consumer_(std::move(consumer)), batch_of_(partitions, kNoBatch) {
    consumer_->on_end([this](PartitionId partition, Position after_last_record, Position end) {
        tails_->nothing_between(partition, after_last_record, end);
    });
}

namespace {

std::int64_t append_time_of(const rd_kafka_message_t& message) {
    rd_kafka_timestamp_type_t type{};
    const std::int64_t time = rd_kafka_message_timestamp(&message, &type);
    return type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME ? time : 0;
}

}  // namespace

Result<std::vector<ReadBatch>> KafkaCursor::poll(std::chrono::milliseconds patience,
                                                 std::size_t max_records) {
    auto polled = consumer_->poll(patience, max_records);
    if (!polled) return polled.error();
    std::vector<ReadBatch> batches;
    if (polled->empty()) return batches;

    std::size_t words = 0;
    for (const auto& message : *polled) words += words_of(message->len);
    // Not make_shared<T[]>: its zeroes would be written for nothing.
    const std::shared_ptr<std::uint64_t[]> block(new std::uint64_t[words]);
    auto* at = block.get();
    for (const auto& message : *polled) {
        auto& batch_index = batch_of_[static_cast<std::size_t>(message->partition)];
        if (batch_index == kNoBatch) {
            batch_index = batches.size();
            batches.push_back(
                {PartitionId{static_cast<std::uint32_t>(message->partition)}, {}, block});
        }
        if (message->len > 0) std::memcpy(at, message->payload, message->len);
        batches[batch_index].records.push_back(
            {Position{static_cast<std::uint64_t>(message->offset)},
             BytesView{reinterpret_cast<const std::uint8_t*>(at), message->len},
             append_time_of(*message)});
        at += words_of(message->len);
    }
    for (const auto& batch : batches) {
        batch_of_[number(batch.partition)] = kNoBatch;
        tails_->read_to(batch.partition, next(batch.records.back().position));
    }
    consumer_->release();
    return batches;
}

}  // namespace ledger::log::kafka
