// Where a ledger's Kafka is and how long to wait for it.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace ledger::log {

struct KafkaOptions {
    std::string brokers;                    // "host:port,host:port"
    std::string topic_prefix = "benefits";  // the ledger is <prefix>.ledger.v1

    // Most time that opening, creating and end() wait for a broker's answer. A broker that is just
    // starting answers well within it.
    std::chrono::milliseconds patience{10'000};

    // The same for keys that are put, found or destroyed.
    std::chrono::milliseconds keys_patience{10'000};

    // After this a record that no broker acknowledged is given up and its partition is in doubt.
    // Longer than a cluster takes to notice a dead leader and elect another (9 s and a metadata
    // refresh by default), so that a fail-over costs a pause and no doubt; short enough that a
    // broker that stays away doesn't hold records which nobody waits for any more.
    std::chrono::milliseconds message_timeout{30'000};

    // More settings of librdkafka by name, such as security.protocol. They can't override what the
    // ledger's safety stands on (acks, idempotence, isolation, offsets).
    std::vector<std::pair<std::string, std::string>> settings;

    // False only for librdkafka's mock cluster in tests, which can't describe a topic's settings.
    bool check_settings = true;
};

// Topics of the ledger.
std::string ledger_topic(const KafkaOptions& options);
std::string keys_topic(const KafkaOptions& options);

}  // namespace ledger::log
