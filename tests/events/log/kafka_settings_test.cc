// Every setting of a ledger's topics on which its safety stands, one by one: refused at opening,
// and found out while the log is open.
#include "events/log/kafka/kafka_create.h"
#include "events/log/kafka/kafka_key_store.h"
#include "events/log/kafka/kafka_log.h"
#include "events/log/kafka/kafka_topics.h"
#include "tests/events/log/kafka_broker.h"
#include "tests/events/log/log_reading.h"
#include "tests/support/catch.h"

namespace ledger::tests {
namespace {

using log::Notice;

// What `create` sets on one broker, where min.insync.replicas can be nothing but 1.
const TopicSettings kLedgerSettings = {
    {"cleanup.policy", "delete"},     {"retention.ms", "-1"},
    {"retention.bytes", "-1"},        {"message.timestamp.type", "LogAppendTime"},
    {"max.message.bytes", "1048588"}, {"unclean.leader.election.enable", "false"},
    {"flush.messages", "1"}};
const TopicSettings kKeysSettings = {{"cleanup.policy", "compact"},
                                     {"max.message.bytes", "1048588"},
                                     {"unclean.leader.election.enable", "false"},
                                     {"flush.messages", "1"}};

struct Change {
    bool of_keys = false;
    std::string name;
    std::string value;  // empty: not set, which leaves the broker's default
};

const std::vector<Change> kChanges = {
    {false, "cleanup.policy", "compact"},
    {false, "cleanup.policy", "compact,delete"},
    {false, "retention.ms", "3600000"},
    {false, "retention.ms", ""},
    {false, "retention.bytes", "1000000"},
    {false, "message.timestamp.type", "CreateTime"},
    {false, "message.timestamp.type", ""},
    {false, "max.message.bytes", "1000"},
    {false, "unclean.leader.election.enable", "true"},
    {false, "flush.messages", "2"},
    {false, "flush.messages", ""},
    {true, "cleanup.policy", "delete"},
    {true, "cleanup.policy", "compact,delete"},
    {true, "max.message.bytes", "1000"},
    {true, "unclean.leader.election.enable", "true"},
    {true, "flush.messages", "2"},
    {true, "flush.messages", ""},
};

const TopicSettings& right_settings(const Change& change) {
    return change.of_keys ? kKeysSettings : kLedgerSettings;
}

TopicSettings changed(const Change& change) {
    TopicSettings settings;
    for (const auto& [name, value] : right_settings(change))
        if (name != change.name)
            settings.emplace_back(name, value);
        else if (!change.value.empty())
            settings.emplace_back(name, change.value);
    return settings;
}

std::string topic_of(const log::KafkaOptions& options, const Change& change) {
    return change.of_keys ? log::keys_topic(options) : log::ledger_topic(options);
}

// What opening the topic says; empty: it opens.
std::string refusal_at_opening(const log::KafkaOptions& options, const Change& change) {
    if (!change.of_keys) {
        const auto opened = log::open_kafka(options);
        return opened ? "" : opened.error().message;
    }
    const auto opened = log::open_kafka_keys(options, Id128{1, 2});
    return opened ? "" : opened.error().message;
}

std::string told(const Change& change) {
    return std::string(change.of_keys ? "keys " : "ledger ") + change.name + "=" + change.value;
}

log::kafka::TopicFacts facts_of_replicas(std::uint32_t replication) {
    log::kafka::TopicFacts facts;
    facts.replication = replication;
    return facts;
}

std::string value_of(const std::vector<log::kafka::Requirement>& all, const std::string& name) {
    for (const auto& one : all)
        if (one.name == name) return one.value;
    return "";
}

}  // namespace

TEST_CASE("Each setting that is wrong is refused at opening, and its command mends it") {
    const auto options = new_ledger_options();
    REQUIRE(log::create_kafka_topics(options, 1).ok());
    for (const Change& change : kChanges) {
        INFO(told(change));
        set_topic(options, topic_of(options, change), changed(change));
        const std::string refusal = refusal_at_opening(options, change);
        const TopicSettings mend = configs_command_in(refusal);
        REQUIRE(mend.size() == 1);
        CHECK(mend.front().first == change.name);
        CHECK(refusal.find(topic_of(options, change)) != std::string::npos);
        TopicSettings mended = changed(change);
        std::erase_if(mended, [&](const auto& one) { return one.first == change.name; });
        mended.push_back(mend.front());
        set_topic(options, topic_of(options, change), mended);
        CHECK(refusal_at_opening(options, change).empty());
    }
}

TEST_CASE("Each setting that is changed while the log is open makes it unfit until it is mended") {
    std::vector<log::KafkaOptions> options;
    std::vector<std::unique_ptr<log::KafkaLog>> logs;
    for (std::size_t i = 0; i < kChanges.size(); ++i) {
        options.push_back(new_ledger_options());
        REQUIRE(log::create_kafka_topics(options.back(), 1).ok());
        auto opened = log::open_kafka(options.back());
        REQUIRE(opened.ok());
        logs.push_back(std::move(*opened));
    }
    for (std::size_t i = 0; i < kChanges.size(); ++i)
        set_topic(options[i], topic_of(options[i], kChanges[i]), changed(kChanges[i]));
    for (std::size_t i = 0; i < kChanges.size(); ++i) {
        INFO(told(kChanges[i]));
        const auto unfit = await_notice(*logs[i], Notice::Kind::unfit);
        REQUIRE(unfit.has_value());
        CHECK(unfit->why.find(kChanges[i].name) != std::string::npos);
        CHECK(unfit->why.find("kafka-configs.sh") != std::string::npos);
    }
    for (std::size_t i = 0; i < kChanges.size(); ++i)
        set_topic(options[i], topic_of(options[i], kChanges[i]), right_settings(kChanges[i]));
    for (std::size_t i = 0; i < kChanges.size(); ++i) {
        INFO(told(kChanges[i]));
        CHECK(await_notice(*logs[i], Notice::Kind::fit).has_value());
    }
}

TEST_CASE("Fewer than three replicas sync every message; three or more keep two in sync") {
    using log::kafka::keys_requirements;
    using log::kafka::ledger_requirements;
    for (const std::uint32_t replicas : {1U, 2U})
        for (const auto& all : {ledger_requirements(facts_of_replicas(replicas)),
                                keys_requirements(facts_of_replicas(replicas))}) {
            CHECK(value_of(all, "flush.messages") == "1");
            CHECK(value_of(all, "min.insync.replicas").empty());
        }
    for (const std::uint32_t replicas : {3U, 5U})
        for (const auto& all : {ledger_requirements(facts_of_replicas(replicas)),
                                keys_requirements(facts_of_replicas(replicas))}) {
            CHECK(value_of(all, "flush.messages").empty());
            CHECK(value_of(all, "min.insync.replicas") == "2");
        }
}

}  // namespace ledger::tests
