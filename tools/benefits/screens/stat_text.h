// What `stat` and `log stat` say of their numbers.
#pragma once

namespace ledger::tools {

// What "complete" stands for, in words.
inline constexpr const char* kCompleteMeans =
    "Complete: last seq = tree size = sum of versions = rows of history = rows of receipts, and "
    "entries + void + control + absent = positions.";

}  // namespace ledger::tools
