// Which partition a partner belongs to: murmur2 of the partner id, as Kafka's Java client places a
// key (org.apache.kafka.common.utils.Utils.murmur2 and toPositive). The same on both logs, for
// ever.
#pragma once

#include <cstdint>

#include "events/bytes.h"
#include "events/ids.h"

namespace ledger {

std::uint32_t murmur2(BytesView key);

// partitions >= 1
PartitionId partition_of(const PartnerId& partner, std::uint32_t partitions);

}  // namespace ledger
