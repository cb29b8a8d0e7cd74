// The ledger's own state of one partition as views keep it, so that a question needs no replay.
#pragma once

#include "aggregates/ledger_state.h"
#include "events/bytes.h"
#include "events/result.h"

namespace ledger {

// Equal states give equal bytes.
Bytes pack(const LedgerState& state);
// Error: the bytes are no such row.
Result<LedgerState> unpack_ledger(BytesView row);

}  // namespace ledger
