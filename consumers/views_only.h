// A Kafka ledger whose log doesn't answer, as this node's views knew it last: for queries, which
// then say how old they are. Nothing is read of the log or its keys, and nothing is written.
#pragma once

#include <string>

#include "consumers/ledger.h"

namespace ledger {

// `why` is what was said when the log was tried; what needs the log fails with it. Error: there are
// no views here, or they are of no use.
Result<Ledger> open_views_only(const LedgerPlace& place, const Error& why);

}  // namespace ledger
