#include "events/log/kafka/kafka_consumer.h"

#include <fmt/format.h>

#include <algorithm>

namespace ledger::log::kafka {
namespace {

constexpr int kBoundsMaxMs = 2000;

// "positions 5 to 90" as the broker has them now, or "" when it doesn't say.
std::string bounds_of(rd_kafka_t* client, const std::string& topic, std::int32_t partition) {
    std::int64_t bounds[2] = {RD_KAFKA_OFFSET_BEGINNING, RD_KAFKA_OFFSET_END};
    for (auto& bound : bounds) {
        const PartitionListPtr list(rd_kafka_topic_partition_list_new(1));
        auto* asked = rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
        asked->offset = bound;
        if (rd_kafka_offsets_for_times(client, list.get(), kBoundsMaxMs) || asked->err) return {};
        bound = asked->offset;
    }
    if (bounds[0] == bounds[1])
        return fmt::format(", which holds nothing (its end is {})", bounds[1]);
    return fmt::format(", which now holds positions {} to {}", bounds[0], bounds[1] - 1);
}

}  // namespace

KafkaConsumer::KafkaConsumer(const KafkaOptions& options, std::string topic)
    : options_(options), topic_(std::move(topic)) {}

// messages_ and queue_ go before handle_: the order of the members.
KafkaConsumer::~KafkaConsumer() = default;

Result<std::unique_ptr<KafkaConsumer>> KafkaConsumer::make(const KafkaOptions& options,
                                                           std::string topic,
                                                           std::span<const ReadFrom> from) {
    std::unique_ptr<KafkaConsumer> consumer(new KafkaConsumer(options, std::move(topic)));
    auto handle = make_client(
        RD_KAFKA_CONSUMER, options,
        {
            // 2.0.2 waits a second when its queue is full: it must hold more than is read in one.
            {"queued.min.messages", "1000000"},
            {"queued.max.messages.kbytes", "262144"},
            {"fetch.error.backoff.ms", "100"},
            // Data answers a waiting fetch at once, but a partition that isn't in it (after an
            // error, or a full queue) waits for the next.
            {"fetch.wait.max.ms", "100"},
        },
        {
            {"group.id", "benefits-ledger-unused"},  // assign() asks for one; never joined
            {"enable.auto.commit", "false"},
            {"enable.auto.offset.store", "false"},
            {"allow.auto.create.topics", "false"},
            {"auto.offset.reset", "error"},           // a truncated log surfaces
            {"isolation.level", "read_uncommitted"},  // a stray transaction stops nobody
            {"enable.partition.eof", "true"},
            {"check.crcs", "true"},
            {"fetch.min.bytes", "1"},
        },
        consumer->events_);
    if (!handle) return handle.error();
    consumer->handle_ = std::move(*handle);
    rd_kafka_poll_set_consumer(consumer->handle_.get());
    consumer->queue_.reset(rd_kafka_queue_get_consumer(consumer->handle_.get()));

    const PartitionListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(from.size())));
    for (const auto& one : from) {
        if (number(one.partition) >= consumer->places_.size())
            consumer->places_.resize(number(one.partition) + 1);
        consumer->places_[number(one.partition)] = {one.position, one.position};
        rd_kafka_topic_partition_list_add(list.get(), consumer->topic_.c_str(),
                                          static_cast<std::int32_t>(number(one.partition)))
            ->offset = static_cast<std::int64_t>(number(one.position));
    }
    if (const auto code = rd_kafka_assign(consumer->handle_.get(), list.get()))
        return error(
            fmt::format("topic {} can't be read: {}", consumer->topic_, rd_kafka_err2str(code)));
    return consumer;
}

void KafkaConsumer::wake() {
    // The flag stays up when the queue's own is taken down by a drain.
    woken_.store(true);
    rd_kafka_queue_yield(queue_.get());
}

Result<std::span<const MessagePtr>> KafkaConsumer::poll(std::chrono::milliseconds patience,
                                                        std::size_t max_records) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    messages_.clear();
    if (!broken_) drain(max_records);
    while (messages_.empty() && !broken_ && !woken_.exchange(false) &&
           milliseconds_until(deadline) > 0) {
        wait_for_one(deadline);
        if (!messages_.empty()) drain(max_records);
    }
    if (messages_.empty() && broken_) return *broken_;
    return std::span<const MessagePtr>(messages_);
}

// What is there, without waiting. (With a time-out this call waits until the batch is full.)
void KafkaConsumer::drain(std::size_t max_records) {
    if (messages_.size() >= max_records) return;
    drained_.resize(max_records - messages_.size());
    const auto count =
        rd_kafka_consume_batch_queue(queue_.get(), 0, drained_.data(), drained_.size());
    for (ssize_t i = 0; i < count; ++i) keep(drained_[static_cast<std::size_t>(i)]);
}

void KafkaConsumer::wait_for_one(std::chrono::steady_clock::time_point deadline) {
    if (auto* raw = rd_kafka_consume_queue(queue_.get(), milliseconds_until(deadline))) keep(raw);
}

void KafkaConsumer::keep(rd_kafka_message_t* raw) {
    MessagePtr message(raw);
    if (!message->err) {
        // Nothing behind a break is handed out: a gap would look like holes.
        if (broken_) return;
        const Position after{static_cast<std::uint64_t>(message->offset) + 1};
        places_[static_cast<std::size_t>(message->partition)] = {after, after};
        messages_.push_back(std::move(message));
    } else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        if (!broken_) pass_end(*message);
    } else if (is_transient(message->err) ||
               message->err == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED) {  // ours is unused
        events_.remember(rd_kafka_message_errstr(message.get()));
    } else if (!broken_) {
        broken_ = explain(*message);
    }
}

void KafkaConsumer::pass_end(const rd_kafka_message_t& message) {
    auto& place = places_[static_cast<std::size_t>(message.partition)];
    const Position end{static_cast<std::uint64_t>(message.offset)};
    place.reached = std::max(place.reached, end);
    if (at_end_)
        at_end_(PartitionId{static_cast<std::uint32_t>(message.partition)}, place.after_last_record,
                end);
}

Error KafkaConsumer::explain(const rd_kafka_message_t& message) const {
    switch (message.err) {
        case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
        case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
            return error(
                kLogTruncated,
                fmt::format(
                    "position {} was to be read from partition {} of topic {}{}: the topic was "
                    "truncated or made anew; bring its records back, or delete what was derived "
                    "from "
                    "them and read from the start",
                    message.offset, message.partition, topic_,
                    bounds_of(handle_.get(), topic_, message.partition)));
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            return error(fmt::format(
                "partition {} of topic {} is not at {} (any more): check --kafka, or bring the "
                "topic back",
                message.partition, topic_, options_.brokers));
        default: {  // librdkafka's enum, not ours
            const char* why = rd_kafka_message_errstr(&message);
            return error(fmt::format("topic {} can't be read any further: {}", topic_,
                                     why ? why : rd_kafka_err2str(message.err)));
        }
    }
}

}  // namespace ledger::log::kafka
