// Where a ledger is.
#pragma once

#include <chrono>
#include <string>

#include "events/log/kafka/kafka_options.h"
#include "events/result.h"

namespace ledger {

// It works with the files of an embedded log alone.
inline constexpr ErrorCode kOnKafka{"log.on-kafka"};

struct LedgerPlace {
    std::string directory;  // --ledger: the ledger, or this node's part of a Kafka ledger
    std::string brokers;    // --kafka: empty for an embedded ledger
    std::string topic_prefix = "benefits";       // of the Kafka topics
    std::chrono::milliseconds patience{10'000};  // for brokers that don't answer
    // For keys: as long as the command waits that is to be sealed with them.
    std::chrono::milliseconds keys_patience{10'000};
};

log::KafkaOptions kafka_options(const LedgerPlace& place);

// The place of its log, in a sentence.
std::string name_of(const LedgerPlace& place);

}  // namespace ledger
