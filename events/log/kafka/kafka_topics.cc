#include "events/log/kafka/kafka_topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "events/log/log.h"

namespace ledger::log::kafka {
namespace {

// Between two questions when the first was refused at once.
constexpr std::chrono::milliseconds kQuestionPause{20};
constexpr std::chrono::milliseconds kQuestionPauseMax{500};

TopicFacts facts_of(const rd_kafka_metadata_t& metadata, const rd_kafka_metadata_topic_t& topic) {
    TopicFacts facts;
    facts.brokers = static_cast<std::uint32_t>(metadata.broker_cnt);
    facts.partitions = static_cast<std::uint32_t>(topic.partition_cnt);
    facts.led = topic.partition_cnt > 0;
    for (int i = 0; i < topic.partition_cnt; ++i) {
        const auto& partition = topic.partitions[i];
        const auto replicas = static_cast<std::uint32_t>(partition.replica_cnt);
        facts.replication = i == 0 ? replicas : std::min(facts.replication, replicas);
        facts.led = facts.led && partition.leader >= 0;
    }
    return facts;
}

std::int64_t as_number(std::string_view text) {
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool meets(const Requirement& requirement, const std::string& value) {
    switch (requirement.is) {
        case Requirement::Is::equal:
            return value == requirement.value;
        case Requirement::Is::at_least:
            return as_number(value) >= as_number(requirement.value);
    }
    return false;
}

using SettingValues = std::map<std::string, std::string, std::less<>>;

Result<SettingValues> values_of(rd_kafka_event_t* event, const std::string& topic) {
    if (const auto code = rd_kafka_event_error(event))
        return no_answer(fmt::format("the settings of topic {} can't be read: {}", topic,
                                     rd_kafka_event_error_string(event)
                                         ? rd_kafka_event_error_string(event)
                                         : rd_kafka_err2str(code)));
    std::size_t count = 0;
    const auto* result = rd_kafka_event_DescribeConfigs_result(event);
    const auto** resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
    if (count != 1 || rd_kafka_ConfigResource_error(resources[0]))
        return error(fmt::format("the settings of topic {} can't be read: {}", topic,
                                 count == 1 && rd_kafka_ConfigResource_error_string(resources[0])
                                     ? rd_kafka_ConfigResource_error_string(resources[0])
                                     : "the broker's answer is empty"));
    SettingValues values;
    const auto** entries = rd_kafka_ConfigResource_configs(resources[0], &count);
    for (std::size_t i = 0; i < count; ++i)
        if (const char* value = rd_kafka_ConfigEntry_value(entries[i]))
            values.emplace(rd_kafka_ConfigEntry_name(entries[i]), value);
    return values;
}

Result<SettingValues> read_settings(rd_kafka_t* client, const KafkaOptions& options,
                                    const ClientEvents& events, const std::string& topic,
                                    Deadline deadline) {
    const QueuePtr queue(rd_kafka_queue_new(client));
    const ConfigResourcePtr resource(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
    const AdminOptionsPtr admin(
        rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
    std::array<char, kErrorMaxBytes> text{};
    rd_kafka_AdminOptions_set_request_timeout(
        admin.get(), std::max(1, milliseconds_until(deadline)), text.data(), text.size());
    rd_kafka_ConfigResource_t* resources[] = {resource.get()};
    rd_kafka_DescribeConfigs(client, resources, 1, admin.get(), queue.get());
    const EventPtr event(
        rd_kafka_queue_poll(queue.get(), std::max(1, milliseconds_until(deadline))));
    if (!event) return no_broker(options, events);
    return values_of(event.get(), topic);
}

}  // namespace

Result<std::optional<TopicFacts>> describe_topic(rd_kafka_t* client, const KafkaOptions& options,
                                                 const ClientEvents& events,
                                                 const std::string& topic, Deadline deadline) {
    const TopicPtr handle(rd_kafka_topic_new(client, topic.c_str(), nullptr));
    if (!handle)
        return error(fmt::format("\"{}\" can't be a topic's name: {}", topic,
                                 rd_kafka_err2str(rd_kafka_last_error())));
    RetryPause pause(Retry::topic_question, kQuestionPause, kQuestionPauseMax);
    while (true) {
        const rd_kafka_metadata_t* raw = nullptr;
        auto code = rd_kafka_metadata(client, 0, handle.get(), &raw,
                                      std::max(1, milliseconds_until(deadline)));
        const MetadataPtr metadata(raw);
        if (!code && metadata->topic_cnt == 1) {
            const auto& found = metadata->topics[0];
            if (!found.err) return std::optional(facts_of(*metadata, found));
            if (found.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
                return std::optional<TopicFacts>();
            code = found.err;
        }
        if (code && !is_transient(code))
            return error(fmt::format("the brokers at {} don't tell about topic {}: {}",
                                     options.brokers, topic, rd_kafka_err2str(code)));
        if (milliseconds_until(deadline) == 0) return no_broker(options, events);
        wait(client, pause, deadline);
    }
}

namespace {

constexpr std::uint32_t kReplicasThatAreDurable = 3;

void add_durability(const TopicFacts& facts, std::vector<Requirement>& all) {
    all.push_back({"unclean.leader.election.enable", "false"});
    if (facts.replication >= kReplicasThatAreDurable)
        all.push_back({"min.insync.replicas", "2", Requirement::Is::at_least});
    else
        all.push_back({"flush.messages", "1"});
}

}  // namespace

std::vector<Requirement> ledger_requirements(const TopicFacts& facts) {
    std::vector<Requirement> all = {
        {"cleanup.policy", "delete"},
        {"retention.ms", "-1"},
        {"retention.bytes", "-1"},
        {"message.timestamp.type", "LogAppendTime"},
        {"max.message.bytes", "1048576", Requirement::Is::at_least},
    };
    add_durability(facts, all);
    return all;
}

std::vector<Requirement> keys_requirements(const TopicFacts& facts) {
    std::vector<Requirement> all = {
        {"cleanup.policy", "compact"},
        {"max.message.bytes", "65536", Requirement::Is::at_least},  // far more than a key has
    };
    add_durability(facts, all);
    return all;
}

Result<std::string> wrong_settings(rd_kafka_t* client, const KafkaOptions& options,
                                   const ClientEvents& events, const std::string& topic,
                                   const std::vector<Requirement>& requirements,
                                   Deadline deadline) {
    auto values = read_settings(client, options, events, topic, deadline);
    if (!values) return values.error();
    std::string wrong, mend;
    for (const auto& requirement : requirements) {
        const auto found = values->find(requirement.name);
        const std::string value = found == values->end() ? "" : found->second;
        if (meets(requirement, value)) continue;
        const bool more = !wrong.empty();
        wrong += fmt::format("{}{}={} (it must be {}{})", more ? ", " : "", requirement.name, value,
                             requirement.is == Requirement::Is::at_least ? "at least " : "",
                             requirement.value);
        mend += fmt::format("{}{}={}", more ? "," : "", requirement.name, requirement.value);
    }
    if (wrong.empty()) return wrong;
    return fmt::format(
        "topic {} has settings under which entries could be lost, changed or not taken: {}: mend "
        "it with "
        "kafka-configs.sh --bootstrap-server {} --alter --entity-type topics --entity-name {} "
        "--add-config {}",
        topic, wrong, options.brokers, topic, mend);
}

Result<void> check_settings(rd_kafka_t* client, const KafkaOptions& options,
                            const ClientEvents& events, const std::string& topic,
                            const std::vector<Requirement>& requirements, Deadline deadline) {
    auto wrong = wrong_settings(client, options, events, topic, requirements, deadline);
    if (!wrong) return wrong.error();
    if (!wrong->empty()) return error(kLogUnfit, std::move(*wrong));
    return {};
}

}  // namespace ledger::log::kafka
