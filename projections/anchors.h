// The index of anchors (aggregates/deadlines/due.h): from a day to the orders for which something
// may fall due around it. Its rows are a function of the partner's row alone: the fold writes and
// erases them with it.
//
// Key: day since 1970 (4, big-endian) partner 00 order. No value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/deadlines/due.h"
#include "projections/rows.h"

namespace ledger::views {

// The keys of a partner's rows, sorted.
std::vector<std::string> anchor_keys(const PartnerState& state);

struct AnchorKey {
    Date on;
    std::string_view partner;
    std::string_view order;
};
// Nothing: it is no such key.
std::optional<AnchorKey> parse_anchor_key(std::string_view key);

}  // namespace ledger::views
