// Finds the last record of partitions that no cursor has read to their end yet, by reading back
// from there: for end(), whose answer nobody corrects later. It takes one read for all, some
// milliseconds; only where a partition ends with the markers of a transaction further reads, from
// ever further back.
#pragma once

#include <string>
#include <vector>

#include "events/log/kafka/kafka_client.h"
#include "events/log/kafka/tails.h"

namespace ledger::log::kafka {

// `broker_ends[i]` is the broker's end of partition i. Then `tails` knows the exact one of each.
Result<void> probe_tails(const KafkaOptions& options, const std::string& topic,
                         const std::vector<Position>& broker_ends, Tails& tails,
                         std::chrono::steady_clock::time_point deadline);

}  // namespace ledger::log::kafka
