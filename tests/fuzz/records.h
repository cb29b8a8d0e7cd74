// Some records in a row, as one input of a target. A divider stands between two of them: bytes that
// come or go inside of one record leave the others as they are.
#pragma once

#include <string_view>
#include <vector>

#include "events/bytes.h"

namespace ledger::fuzz {

inline constexpr std::string_view kDivider = "\x1eREC\x1e";

// Each in memory of its own that ends where it ends, so that a read beyond it is found. An empty
// one stands for a position without a record.
std::vector<Bytes> divided(BytesView input);
Bytes joined(const std::vector<Bytes>& records);

}  // namespace ledger::fuzz
