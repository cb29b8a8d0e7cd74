#include "events/partition.h"

#include "events/check.h"

namespace ledger {

std::uint32_t murmur2(BytesView key) {
    constexpr std::uint32_t kMultiplier = 0x5bd1e995;
    constexpr int kShift = 24;
    const std::size_t length = key.size();
    std::uint32_t hash = 0x9747b28c ^ static_cast<std::uint32_t>(length);
    std::size_t at = 0;
    for (; at + 4 <= length; at += 4) {
        std::uint32_t k = static_cast<std::uint32_t>(key[at]) |
                          static_cast<std::uint32_t>(key[at + 1]) << 8 |
                          static_cast<std::uint32_t>(key[at + 2]) << 16 |
                          static_cast<std::uint32_t>(key[at + 3]) << 24;
        k *= kMultiplier;
        k ^= k >> kShift;
        k *= kMultiplier;
        hash = hash * kMultiplier ^ k;
    }
    const std::size_t left = length - at;
    if (left == 3) hash ^= static_cast<std::uint32_t>(key[at + 2]) << 16;
    if (left >= 2) hash ^= static_cast<std::uint32_t>(key[at + 1]) << 8;
    if (left >= 1) {
        hash ^= key[at];
        hash *= kMultiplier;
    }
    hash ^= hash >> 13;
    hash *= kMultiplier;
    return hash ^ hash >> 15;
}

PartitionId partition_of(const PartnerId& partner, std::uint32_t partitions) {
    LEDGER_CHECK(partitions >= 1);
    return PartitionId{(murmur2(view_of(partner.text())) & 0x7fffffff) % partitions};
}

}  // namespace ledger
