// Making a ledger's topics.
#pragma once

#include <cstdint>

#include "events/log/kafka/kafka_options.h"
#include "events/result.h"

namespace ledger::log {

// Makes the ledger's topic with so many partitions, and the one of its keys, with the settings a
// ledger needs; replication is 3, or the number of brokers where there are fewer. Topics that are
// there already stay as they are (another creator was first) and only have their settings checked.
// Done when each partition has a leader that serves it. How many partitions a topic that was there
// has is for the caller to compare with the genesis record, which decides.
// True: the ledger's topic was made by this call, and by no other.
Result<bool> create_kafka_topics(const KafkaOptions& options, std::uint32_t partitions);

}  // namespace ledger::log
