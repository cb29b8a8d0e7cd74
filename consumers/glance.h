// What a ledger's views on this machine's disk say, for a look that must not be in anybody's way:
// another process may be at work on the ledger. Nothing is locked, written or asked of a log, so it
// may be a little old.
#pragma once

#include "consumers/ledger.h"

namespace ledger {

// With rows and genesis, and nothing else. Error: there are no views here, or they can't be read just
// now.
Result<Ledger> glance(const LedgerPlace& place);

}  // namespace ledger
