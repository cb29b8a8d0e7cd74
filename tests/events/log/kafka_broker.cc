#include "tests/events/log/kafka_broker.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

#include "events/log/kafka/kafka_client.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

using namespace log::kafka;

constexpr int kPatienceMs = 30'000;

// Unlike all that went before on this broker.
std::string unused_name() {
    static int count = 0;
    std::string boot;
    std::getline(std::ifstream("/proc/sys/kernel/random/uuid"), boot);
    return "test-" + boot + "-" + std::to_string(++count);
}

struct Admin {
    explicit Admin(const log::KafkaOptions& options) {
        auto made = make_asking_client(options, events);
        REQUIRE(made.ok());
        client = std::move(*made);
        queue.reset(rd_kafka_queue_new(client.get()));
    }
    EventPtr answer() {
        EventPtr event(rd_kafka_queue_poll(queue.get(), kPatienceMs));
        REQUIRE(event);
        INFO(rd_kafka_err2str(rd_kafka_event_error(event.get())));
        REQUIRE(rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR_NO_ERROR);
        return event;
    }

    ClientEvents events;
    HandlePtr client;
    QueuePtr queue;
};

// Means nothing to us: another value each time tells that what was set with it has come to the
// broker that we ask, not only to the controller.
constexpr const char* kMarkSetting = "index.interval.bytes";

std::string mark_of(Admin& admin, const std::string& topic) {
    const ConfigResourcePtr resource(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    rd_kafka_ConfigResource_t* resources[] = {resource.get()};
    rd_kafka_DescribeConfigs(admin.client.get(), resources, 1, nullptr, admin.queue.get());
    const auto event = admin.answer();
    std::size_t count = 0;
    const auto** described = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(event.get()), &count);
    REQUIRE(count == 1);
    const auto** entries = rd_kafka_ConfigResource_configs(described[0], &count);
    for (std::size_t i = 0; i < count; ++i)
        if (std::string_view(rd_kafka_ConfigEntry_name(entries[i])) == kMarkSetting)
            return rd_kafka_ConfigEntry_value(entries[i]);
    return {};
}

void wait_for_mark(Admin& admin, const std::string& topic, const std::string& mark) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
    while (mark_of(admin, topic) != mark) REQUIRE(std::chrono::steady_clock::now() < deadline);
}

void check(rd_kafka_error_t* error) {
    const std::string text = error ? rd_kafka_error_string(error) : "";
    if (error) rd_kafka_error_destroy(error);
    INFO(text);
    REQUIRE(text.empty());
}

}  // namespace

log::KafkaOptions new_ledger_options() {
    const char* brokers = std::getenv("BENEFITS_TEST_KAFKA");
    if (!brokers)
        FAIL(
            "these tests need a Kafka: start one and name it with "
            "export BENEFITS_TEST_KAFKA=$(tools/kafka/kafka up)");
    log::KafkaOptions options;
    options.brokers = brokers ? brokers : "";
    options.topic_prefix = unused_name();
    options.patience = std::chrono::milliseconds(kPatienceMs);
    return options;
}

void make_topic(const log::KafkaOptions& options, const std::string& topic,
                std::uint32_t partitions, const TopicSettings& settings) {
    Admin admin(options);
    std::array<char, 512> text{};
    const NewTopicPtr created(rd_kafka_NewTopic_new(topic.c_str(), static_cast<int>(partitions), 1,
                                                    text.data(), text.size()));
    REQUIRE(created);
    for (const auto& [name, value] : settings)
        rd_kafka_NewTopic_set_config(created.get(), name.c_str(), value.c_str());
    rd_kafka_NewTopic_t* topics[] = {created.get()};
    rd_kafka_CreateTopics(admin.client.get(), topics, 1, nullptr, admin.queue.get());
    const auto event = admin.answer();
    std::size_t count = 0;
    const auto** results = rd_kafka_CreateTopics_result_topics(
        rd_kafka_event_CreateTopics_result(event.get()), &count);
    REQUIRE(count == 1);
    REQUIRE(rd_kafka_topic_result_error(results[0]) == RD_KAFKA_RESP_ERR_NO_ERROR);
}

void set_topic(const log::KafkaOptions& options, const std::string& topic,
               const TopicSettings& settings) {
    Admin admin(options);
    const ConfigResourcePtr resource(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    for (const auto& [name, value] : settings)
        rd_kafka_ConfigResource_set_config(resource.get(), name.c_str(), value.c_str());
    static int calls = 0;
    const std::string mark = std::to_string(4096 + ++calls);
    rd_kafka_ConfigResource_set_config(resource.get(), kMarkSetting, mark.c_str());
    rd_kafka_ConfigResource_t* resources[] = {resource.get()};
    rd_kafka_AlterConfigs(admin.client.get(), resources, 1, nullptr, admin.queue.get());
    const auto event = admin.answer();
    std::size_t count = 0;
    const auto** results = rd_kafka_AlterConfigs_result_resources(
        rd_kafka_event_AlterConfigs_result(event.get()), &count);
    REQUIRE(count == 1);
    REQUIRE(rd_kafka_ConfigResource_error(results[0]) == RD_KAFKA_RESP_ERR_NO_ERROR);
    wait_for_mark(admin, topic, mark);
}

TopicSettings configs_command_in(const std::string& sentence) {
    const std::string option = "--add-config ";
    const auto at = sentence.find(option);
    TopicSettings settings;
    if (at == std::string::npos) return settings;
    std::string list = sentence.substr(at + option.size());
    list = list.substr(0, list.find(' '));
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        const auto one = list.substr(0, comma);
        settings.emplace_back(one.substr(0, one.find('=')), one.substr(one.find('=') + 1));
        list.erase(0, comma + 1);
    }
    return settings;
}

void delete_records(const log::KafkaOptions& options, const std::string& topic,
                    std::int64_t before) {
    Admin admin(options);
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0)->offset = before;
    auto* request = rd_kafka_DeleteRecords_new(list.get());
    rd_kafka_DeleteRecords(admin.client.get(), &request, 1, nullptr, admin.queue.get());
    const auto event = admin.answer();
    rd_kafka_DeleteRecords_destroy(request);
    const auto* offsets =
        rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event.get()));
    REQUIRE(offsets->elems[0].err == RD_KAFKA_RESP_ERR_NO_ERROR);
}

struct StrayTransaction::Inside {
    void start() {
        client.reset();
        auto made =
            make_client(RD_KAFKA_PRODUCER, options,
                        {{"transactional.id", "stray-" + topic}, {"linger.ms", "0"}}, {}, events);
        REQUIRE(made.ok());
        client = std::move(*made);
        check(rd_kafka_init_transactions(client.get(), kPatienceMs));
    }

    log::KafkaOptions options;
    std::string topic;
    ClientEvents events;
    int delivered = 0;
    HandlePtr client;
};

StrayTransaction::StrayTransaction(const log::KafkaOptions& options, const std::string& topic)
    : inside_(std::make_unique<Inside>()) {
    inside_->options = options;
    inside_->topic = topic;
    inside_->events.delivered = [this](const rd_kafka_message_t& message) {
        if (!message.err) ++inside_->delivered;
    };
    inside_->start();
    check(rd_kafka_begin_transaction(inside_->client.get()));
}

StrayTransaction::~StrayTransaction() = default;

void StrayTransaction::write(std::string_view text) {
    const int before = inside_->delivered;
    const TopicPtr topic(
        rd_kafka_topic_new(inside_->client.get(), inside_->topic.c_str(), nullptr));
    std::string copy(text);
    REQUIRE(rd_kafka_produce(topic.get(), 0, RD_KAFKA_MSG_F_COPY, copy.data(), copy.size(), nullptr,
                             0, nullptr) == 0);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
    while (inside_->delivered == before && milliseconds_until(deadline) > 0)
        rd_kafka_poll(inside_->client.get(), 100);
    REQUIRE(inside_->delivered == before + 1);
}

void StrayTransaction::abort() {
    check(rd_kafka_abort_transaction(inside_->client.get(), kPatienceMs));
    inside_->start();  // a producer of the same id waits until the last transaction is complete
}

}  // namespace ledger::tests
