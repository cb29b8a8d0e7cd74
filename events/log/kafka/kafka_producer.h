// Hands records over to the brokers: idempotent, acks=all, no linger, one for each process and log.
//
// What fails later puts a notice of doubt into the box: one a partition for everything handed over
// until the owner takes it, so a burst of failures costs one claim. After a fatal error (a broken
// sequence, no authorisation) the producer is worth nothing any more: every partition is in doubt,
// and the next append makes a new one, though not at once when the last one didn't live long.
// Records of the old one may still land late.
//
// One loss comes without a doubt: to a partition whose leader hasn't heard of this producer yet,
// any sequence number is the first. When the very first hand-over meets a leader that isn't ready
// and the second one doesn't, the broker takes the second, and librdkafka
// (rd_kafka_dr_implicit_ack) takes the first for delivered. A writer that reads its claim back
// before it hands over more never has two such on the way.
//
// append and settled_by_doubt belong to one thread. The destructor waits a bounded time for what
// was handed over, then lets it go.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "events/bytes.h"
#include "events/log/kafka/kafka_client.h"
#include "events/log/kafka/notice_box.h"

namespace ledger::log::kafka {

// One librdkafka producer and the thread that serves its callbacks.
class ProducerClient {
public:
    // Its topic's metadata is known when it returns, or the first record would wait for it.
    static Result<std::unique_ptr<ProducerClient>> make(const KafkaOptions& options,
                                                        const std::string& topic,
                                                        bool only_failures, ClientEvents& events);
    ~ProducerClient();

    rd_kafka_t* handle() const { return handle_.get(); }
    rd_kafka_topic_t* topic() const { return topic_.get(); }
    bool is_dead() const;  // after a fatal error

private:
    ProducerClient(HandlePtr handle, TopicPtr topic);

    HandlePtr handle_;
    TopicPtr topic_;
    QueuePtr main_queue_;
    std::jthread serving_;
};

// When a producer that was lost may be made again. One thread at a time.
class ProducerRenewals {
public:
    // Counts one more. Error: it is too early for another.
    Result<void> begin(const std::string& topic, const ClientEvents& events);

private:
    RetryPause pause_{Retry::producer, std::chrono::milliseconds{200},
                      std::chrono::milliseconds{10'000}};
    std::chrono::steady_clock::time_point not_before_{};
};

class KafkaProducer {
public:
    // `refused` is called, from any thread, when something that was handed over failed.
    static Result<std::unique_ptr<KafkaProducer>> make(const KafkaOptions& options,
                                                       std::string topic, std::uint32_t partitions,
                                                       NoticeBox& notices,
                                                       std::function<void()> refused);

    Result<void> append(PartitionId partition, std::span<const Bytes> records);

    // The owner has taken a doubt for this partition: it covers all handed over until now.
    void settled_by_doubt(PartitionId partition);

private:
    // Hand-overs of a partition are numbered; a failure tells the number of its own.
    struct Doubt {
        std::uint64_t handed_over = 0;
        std::uint64_t covered = 0;
        bool pending = false;
    };

    KafkaProducer(const KafkaOptions& options, std::string topic, std::uint32_t partitions,
                  NoticeBox& notices, std::function<void()> refused);
    Result<void> renew();
    std::size_t hand_over(PartitionId partition, std::span<const Bytes> records,
                          std::uint64_t number, rd_kafka_resp_err_t& code);
    void on_failure(const rd_kafka_message_t& message);
    void on_fatal(const std::string& why);

    const KafkaOptions options_;
    const std::string topic_;
    NoticeBox& notices_;
    const std::function<void()> refused_;
    ProducerRenewals renewals_;
    std::mutex mutex_;
    std::vector<Doubt> doubts_;
    std::vector<rd_kafka_message_t> scratch_;
    ClientEvents events_;
    std::unique_ptr<ProducerClient> client_;  // calls events_
};

}  // namespace ledger::log::kafka
