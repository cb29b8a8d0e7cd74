#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>

#include "tools/bench/bench.h"

namespace ledger::bench {
namespace {

struct Destroy {
    void operator()(rd_kafka_conf_t* conf) const { rd_kafka_conf_destroy(conf); }
    void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
    void operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }
    void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
    void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
    void operator()(rd_kafka_topic_partition_list_t* list) const {
        rd_kafka_topic_partition_list_destroy(list);
    }
};

template <typename C>
using Owned = std::unique_ptr<C, Destroy>;

using Clock = std::chrono::steady_clock;

Owned<rd_kafka_t> client(rd_kafka_type_t type,
                         const std::vector<std::pair<const char*, std::string>>& settings,
                         std::string& why) {
    char text[256] = {};
    Owned<rd_kafka_conf_t> conf(rd_kafka_conf_new());
    for (const auto& [name, value] : settings)
        if (rd_kafka_conf_set(conf.get(), name, value.c_str(), text, sizeof text) !=
            RD_KAFKA_CONF_OK)
            why = text;
    Owned<rd_kafka_t> handle(rd_kafka_new(type, conf.get(), text, sizeof text));
    if (handle)
        static_cast<void>(conf.release());  // the handle owns it now
    else
        why = text;
    return handle;
}

}  // namespace

Result<Measured> raw_kafka_round_trip(const std::string& brokers, const std::string& topic,
                                      const std::vector<Bytes>& records, std::size_t in_flight) {
    std::string why;
    const auto producer = client(RD_KAFKA_PRODUCER,
                                 {{"bootstrap.servers", brokers},
                                  {"enable.idempotence", "true"},
                                  {"acks", "all"},
                                  {"linger.ms", "0"},
                                  {"socket.nagle.disable", "true"}},
                                 why);
    const auto consumer = client(RD_KAFKA_CONSUMER,
                                 {{"bootstrap.servers", brokers},
                                  {"group.id", "benefits-bench"},
                                  {"enable.auto.commit", "false"},
                                  {"auto.offset.reset", "earliest"},
                                  {"isolation.level", "read_uncommitted"},
                                  {"socket.nagle.disable", "true"}},
                                 why);
    if (!producer || !consumer)
        return error("the raw Kafka client of the benchmark can't be made: " + why);
    const Owned<rd_kafka_topic_t> handle(
        rd_kafka_topic_new(producer.get(), topic.c_str(), nullptr));
    std::int64_t low = 0, end = 0;
    if (rd_kafka_query_watermark_offsets(producer.get(), topic.c_str(), 0, &low, &end, 10'000) !=
        RD_KAFKA_RESP_ERR_NO_ERROR)
        return error("topic " + topic + " of the benchmark can't be read");
    const Owned<rd_kafka_topic_partition_list_t> from(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(from.get(), topic.c_str(), 0)->offset = end;
    rd_kafka_assign(consumer.get(), from.get());
    const Owned<rd_kafka_queue_t> queue(rd_kafka_queue_get_consumer(consumer.get()));

    const auto produce = [&](const Bytes& record) {
        return rd_kafka_produce(handle.get(), 0, RD_KAFKA_MSG_F_COPY,
                                const_cast<std::uint8_t*>(record.data()), record.size(), nullptr, 0,
                                nullptr) == 0;
    };
    // The first record waits for connections; it is not measured.
    if (records.empty() || !produce(records.front()) ||
        !Owned<rd_kafka_message_t>(rd_kafka_consume_queue(queue.get(), 10'000)))
        return error("the raw Kafka run of the benchmark could not read back what it wrote");

    std::vector<Clock::time_point> sent(records.size());
    std::vector<double> latencies;
    latencies.reserve(records.size());
    std::size_t produced = 0, read = 0;
    std::vector<rd_kafka_message_t*> messages(4096);
    const auto take = [&](rd_kafka_message_t* raw) {
        const Owned<rd_kafka_message_t> message(raw);
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return;
        latencies.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - sent[read]).count());
        ++read;
    };
    const auto began = Clock::now();
    const auto deadline = began + std::chrono::seconds(120);
    while (read < records.size() && Clock::now() < deadline) {
        while (produced < records.size() && produced - read < in_flight) {
            sent[produced] = Clock::now();
            if (!produce(records[produced])) break;
            ++produced;
        }
        rd_kafka_poll(producer.get(), 0);
        if (rd_kafka_message_t* first = rd_kafka_consume_queue(queue.get(), 10)) take(first);
        const auto count =
            rd_kafka_consume_batch_queue(queue.get(), 0, messages.data(), messages.size());
        for (long i = 0; i < count; ++i) take(messages[static_cast<std::size_t>(i)]);
    }
    if (read < records.size())
        return error("the raw Kafka run of the benchmark did not come to its end in 120 s");
    return of_latencies(latencies, std::chrono::duration<double>(Clock::now() - began).count());
}

}  // namespace ledger::bench
