#include "tests/events/log/kafka_bytes.h"

#include <chrono>
#include <set>
#include <vector>

#include "events/log/kafka/kafka_consumer.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

using SeeBytes = std::function<void(const std::string& where, std::string_view bytes)>;

constexpr std::chrono::seconds kPatience{30};
constexpr std::size_t kRecordsMax = 1000;

std::string_view view(const void* bytes, std::size_t size) {
    return {static_cast<const char*>(bytes), size};
}

void see_record(const std::string& topic, const rd_kafka_message_t& message, const SeeBytes& see) {
    see(topic + ", key", view(message.key, message.key_len));
    see(topic + ", value", view(message.payload, message.len));
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
        see(topic + ", header", name);
        see(topic + ", header", view(value, size));
    }
}

}  // namespace

std::uint64_t for_each_record(const log::KafkaOptions& options, const std::string& topic,
                              std::uint32_t partitions, const SeeBytes& see) {
    std::vector<log::ReadFrom> from;
    for (std::uint32_t i = 0; i < partitions; ++i) from.push_back({PartitionId{i}, Position{0}});
    auto consumer = log::kafka::KafkaConsumer::make(options, topic, from);
    REQUIRE(consumer.ok());
    std::set<std::uint32_t> ended;
    (*consumer)->on_end([&](PartitionId partition, Position, Position) {
        ended.insert(static_cast<std::uint32_t>(number(partition)));
    });
    std::uint64_t records = 0;
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (ended.size() < partitions) {
        REQUIRE(std::chrono::steady_clock::now() < deadline);
        const auto messages = (*consumer)->poll(std::chrono::milliseconds(100), kRecordsMax);
        REQUIRE(messages.ok());
        for (const log::kafka::MessagePtr& message : *messages) see_record(topic, *message, see);
        records += messages->size();
        (*consumer)->release();
    }
    return records;
}

}  // namespace ledger::tests
