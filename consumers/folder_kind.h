// Whose a folder is: an embedded ledger keeps its log in it, a node of a ledger on Kafka its views
// and no log. One must not be taken for the other, or one ledger's views would answer for
// another's.
#pragma once

#include "consumers/ledger_place.h"
#include "events/result.h"

namespace ledger {

inline constexpr ErrorCode kOtherKindOfFolder{"folder.of-another-kind"};

// Error: the folder is of the other kind, and what to do. A folder that holds neither log nor views
// may become either.
Result<void> check_folder_kind(const LedgerPlace& place);

}  // namespace ledger
