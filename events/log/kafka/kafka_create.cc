#include "events/log/kafka/kafka_create.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "events/log/kafka/kafka_ends.h"
#include "events/log/kafka/kafka_topics.h"

namespace ledger::log {
namespace {

using namespace kafka;

constexpr std::uint32_t kReplicationMax = 3;
constexpr std::chrono::milliseconds kCreatePause{10};
constexpr std::chrono::milliseconds kCreatePauseMax{500};

using TopicSettings = std::vector<std::pair<const char*, const char*>>;

TopicSettings settings_of(const std::vector<Requirement>& requirements, std::uint32_t replication) {
    TopicSettings settings;
    for (const auto& requirement : requirements)
        if (std::string_view(requirement.name) != "max.message.bytes")
            settings.emplace_back(requirement.name, requirement.value);
    // The broker's own default, which has room for framing.
    settings.emplace_back("max.message.bytes", "1048588");
    if (replication < kReplicationMax) settings.emplace_back("min.insync.replicas", "1");
    return settings;
}

TopicSettings ledger_settings(const TopicFacts& facts) {
    return settings_of(ledger_requirements(facts), facts.replication);
}

TopicSettings keys_settings(const TopicFacts& facts) {
    auto settings = settings_of(keys_requirements(facts), facts.replication);
    // A destroyed key's bytes leave the disk within a day or two, not when a segment happens to
    // fill.
    settings.emplace_back("segment.ms", "3600000");
    settings.emplace_back("max.compaction.lag.ms", "86400000");
    return settings;
}

Result<NewTopicPtr> new_topic(const std::string& name, std::uint32_t partitions,
                              std::uint32_t replication, const TopicSettings& settings) {
    std::array<char, kErrorMaxBytes> text{};
    NewTopicPtr topic(rd_kafka_NewTopic_new(name.c_str(), static_cast<int>(partitions),
                                            static_cast<int>(replication), text.data(),
                                            text.size()));
    if (!topic) return error(fmt::format("topic {} can't be made: {}", name, text.data()));
    for (const auto& [setting, value] : settings)
        rd_kafka_NewTopic_set_config(topic.get(), setting, value);
    return topic;
}

// Whether `ledger` was made, or was there already.
Result<bool> outcome_of(rd_kafka_event_t* event, const std::string& ledger) {
    if (const auto code = rd_kafka_event_error(event))
        return error(
            fmt::format("the ledger's topics can't be made: {}",
                        rd_kafka_event_error_string(event) ? rd_kafka_event_error_string(event)
                                                           : rd_kafka_err2str(code)),
            Effect::unknown);
    bool made = false;
    std::size_t count = 0;
    const auto** topics =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto code = rd_kafka_topic_result_error(topics[i]);
        if (!code && ledger == rd_kafka_topic_result_name(topics[i])) made = true;
        if (!code || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
        const char* why = rd_kafka_topic_result_error_string(topics[i]);
        return error(fmt::format("topic {} can't be made: {}",
                                 rd_kafka_topic_result_name(topics[i]),
                                 why ? why : rd_kafka_err2str(code)));
    }
    return made;
}

Result<bool> create(rd_kafka_t* client, const KafkaOptions& options, const ClientEvents& events,
                    std::vector<rd_kafka_NewTopic_t*> topics, Deadline deadline) {
    const QueuePtr queue(rd_kafka_queue_new(client));
    const AdminOptionsPtr admin(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS));
    const int patience = std::max(1, milliseconds_until(deadline));
    std::array<char, kErrorMaxBytes> text{};
    rd_kafka_AdminOptions_set_request_timeout(admin.get(), patience, text.data(), text.size());
    rd_kafka_AdminOptions_set_operation_timeout(admin.get(), patience, text.data(), text.size());
    rd_kafka_CreateTopics(client, topics.data(), topics.size(), admin.get(), queue.get());
    const EventPtr event(rd_kafka_queue_poll(queue.get(), patience));
    if (!event) return no_broker(options, events);
    return outcome_of(event.get(), ledger_topic(options));
}

// Leaders are named before they know of it; one that tells where its partition ends does.
Result<TopicFacts> wait_until_led(rd_kafka_t* client, const KafkaOptions& options,
                                  const ClientEvents& events, const std::string& topic,
                                  Deadline deadline) {
    RetryPause pause(Retry::topic_question, kCreatePause, kCreatePauseMax);
    while (true) {
        auto facts = describe_topic(client, options, events, topic, deadline);
        if (!facts) return facts.error();
        if (*facts && (*facts)->led) {
            std::vector<PartitionId> all;
            for (std::uint32_t i = 0; i < (*facts)->partitions; ++i) all.push_back(PartitionId{i});
            const std::chrono::milliseconds left(milliseconds_until(deadline));
            if (query_ends(client, topic, all, left)) return **facts;
        }
        if (milliseconds_until(deadline) == 0)
            return error(fmt::format("topic {} was made, but some of its partitions have no leader "
                                     "yet: look at the brokers and try again",
                                     topic),
                         Effect::unknown);
        wait(client, pause, deadline);
    }
}

}  // namespace

Result<bool> create_kafka_topics(const KafkaOptions& options, std::uint32_t partitions) {
    const auto deadline = std::chrono::steady_clock::now() + options.patience;
    ClientEvents events;
    auto client = make_asking_client(options, events);
    if (!client) return client.error();
    const std::string ledger = ledger_topic(options), keys = keys_topic(options);

    const rd_kafka_metadata_t* raw = nullptr;
    if (rd_kafka_metadata(client->get(), 1, nullptr, &raw, milliseconds_until(deadline)))
        return no_broker(options, events);
    const MetadataPtr metadata(raw);
    TopicFacts wanted;
    wanted.brokers = static_cast<std::uint32_t>(metadata->broker_cnt);
    wanted.partitions = partitions;
    wanted.replication = std::clamp(wanted.brokers, 1U, kReplicationMax);

    auto ledger_new = new_topic(ledger, partitions, wanted.replication, ledger_settings(wanted));
    if (!ledger_new) return ledger_new.error();
    auto keys_new = new_topic(keys, 1, wanted.replication, keys_settings(wanted));
    if (!keys_new) return keys_new.error();
    auto made =
        create(client->get(), options, events, {ledger_new->get(), keys_new->get()}, deadline);
    if (!made) return made;

    const auto ledger_facts = wait_until_led(client->get(), options, events, ledger, deadline);
    if (!ledger_facts) return ledger_facts.error();
    const auto keys_facts = wait_until_led(client->get(), options, events, keys, deadline);
    if (!keys_facts) return keys_facts.error();
    if (auto checked = check_settings(client->get(), options, events, ledger,
                                      ledger_requirements(*ledger_facts), deadline);
        !checked)
        return checked.error();
    if (auto checked = check_settings(client->get(), options, events, keys,
                                      keys_requirements(*keys_facts), deadline);
        !checked)
        return checked.error();
    return made;
}

}  // namespace ledger::log
