// What the Kafka tests do to a real broker behind the adapter's back.
//
// The broker is named by BENEFITS_TEST_KAFKA; without it a test fails and says how to start one.
// Every test has topics of its own, never made again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/log/kafka/kafka_options.h"

namespace ledger::tests {

// Options of a ledger that nobody else uses; its topics are not made.
log::KafkaOptions new_ledger_options();

using TopicSettings = std::vector<std::pair<std::string, std::string>>;

// A topic with these settings and the broker's defaults, replication 1.
void make_topic(const log::KafkaOptions& options, const std::string& topic,
                std::uint32_t partitions, const TopicSettings& settings);
// Gives a topic these settings, and the defaults otherwise.
void set_topic(const log::KafkaOptions& options, const std::string& topic,
               const TopicSettings& settings);
// The settings of the kafka-configs.sh command in a sentence; none: there is no such command.
TopicSettings configs_command_in(const std::string& sentence);
// Deletes the records of partition 0 before a position.
void delete_records(const log::KafkaOptions& options, const std::string& topic,
                    std::int64_t before);

// A transaction that somebody has open on partition 0 of a topic.
class StrayTransaction {
public:
    StrayTransaction(const log::KafkaOptions& options, const std::string& topic);
    ~StrayTransaction();
    void write(std::string_view text);  // stands in the log when it returns
    void abort();                       // the marker stands when it returns

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::tests
