// What a broker says of a topic: its shape, and whether its settings could lose history.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "events/log/kafka/kafka_client.h"

namespace ledger::log::kafka {

struct TopicFacts {
    std::uint32_t partitions = 0;
    std::uint32_t replication = 0;  // of the partition that has fewest
    std::uint32_t brokers = 0;      // of the cluster
    bool led = false;               // every partition has a leader
};

using Deadline = std::chrono::steady_clock::time_point;

// Nothing: no such topic. Error: no broker answered before the deadline, or none may tell us.
Result<std::optional<TopicFacts>> describe_topic(rd_kafka_t* client, const KafkaOptions& options,
                                                 const ClientEvents& events,
                                                 const std::string& topic, Deadline deadline);

// One setting of a topic and the value it must have.
struct Requirement {
    enum class Is { equal, at_least };
    const char* name;
    const char* value;
    Is is = Is::equal;
};

// On a topic that could lose or change history nothing is written. A broker acknowledges before it
// syncs: two copies are the durability, or with fewer replicas a sync for each batch.
std::vector<Requirement> ledger_requirements(const TopicFacts& facts);
std::vector<Requirement> keys_requirements(const TopicFacts& facts);

// Which settings are wrong, and the command that mends them; empty when all are right. Error: they
// can't be read.
Result<std::string> wrong_settings(rd_kafka_t* client, const KafkaOptions& options,
                                   const ClientEvents& events, const std::string& topic,
                                   const std::vector<Requirement>& requirements, Deadline deadline);

// Error: the same, or which settings are wrong.
Result<void> check_settings(rd_kafka_t* client, const KafkaOptions& options,
                            const ClientEvents& events, const std::string& topic,
                            const std::vector<Requirement>& requirements, Deadline deadline);

}  // namespace ledger::log::kafka
