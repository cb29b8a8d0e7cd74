// All that stands in a topic, as whoever may read it sees it: key, value and headers of each record
// of some partitions, from the beginning to the end.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "events/log/kafka/kafka_options.h"

namespace ledger::tests {

// `where` is "<topic>, key", "<topic>, value" or "<topic>, header". Gives the number of records.
std::uint64_t for_each_record(
    const log::KafkaOptions& options, const std::string& topic, std::uint32_t partitions,
    const std::function<void(const std::string& where, std::string_view bytes)>& see);

}  // namespace ledger::tests
