// Rows: the small store that views are kept in. Port with two implementations: RocksDB, and a map
// for simulations. A batch is written whole or not at all, and reads see the last batch written.
//
// Keys (numbers big-endian, so that they sort):
//   history   partition (2 bytes) partner 00 version (8)   -> position (8, little-endian) and the
//   record's bytes partners  partner                                      -> fb::PartnerState
//   receipts  partition (2) partner 00 command id          -> fb::Receipt
//   meta      "p" partition (2) | "ledger" | "format"      -> fb::PartitionMeta | ledger id (hex) |
//   format version
// The ledger's own entries stand under the empty partner of their partition.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"

namespace ledger::views {

enum class Family { history, partners, receipts, meta };

struct Row {
    Family family{};
    std::string key;
    std::string value;
};

class Rows {
public:
    virtual ~Rows() = default;

    virtual Result<std::optional<std::string>> get(Family family, std::string_view key) const = 0;

    // Every row whose key begins with `prefix`, in the order of keys, until `visit` says false.
    using Visit = std::function<bool(std::string_view key, std::string_view value)>;
    virtual Result<void> scan(Family family, std::string_view prefix, const Visit& visit) const = 0;

    // All of them or none.
    virtual Result<void> write(const std::vector<Row>& rows) = 0;
};

std::string history_prefix(PartitionId partition, std::string_view partner);
std::string history_key(PartitionId partition, std::string_view partner, std::uint64_t version);
std::string receipt_key(PartitionId partition, std::string_view partner,
                        std::string_view command_id);
std::string meta_key(PartitionId partition);
inline constexpr std::string_view kLedgerKey = "ledger";
inline constexpr std::string_view kFormatKey = "format";

// Bytes before the record in a history row.
inline constexpr std::size_t kHistoryHeaderBytes = 8;

}  // namespace ledger::views
