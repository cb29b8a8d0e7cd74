// Finds the last record of partitions, where no cursor has been yet, by reading back from their
// ends: for end(), which nobody corrects later. One read for all, a few milliseconds; only behind
// the markers of a transaction it takes more, further and further back.
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
