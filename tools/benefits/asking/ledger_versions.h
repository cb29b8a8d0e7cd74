// The policies and catalogues of a ledger. They are published in every partition; partition 0
// speaks for all of them where they agree.
#pragma once

#include "aggregates/ledger_state.h"
#include "consumers/ledger.h"
#include "events/date.h"

namespace ledger::tools {

struct LedgerVersions {
    LedgerState ledger;  // of partition 0
    Date today;
};

// Partitions that have other versions than partition 0 are named on stderr: a publication didn't
// reach all of them.
Result<LedgerVersions> read_versions(const LedgerPlace& place);

}  // namespace ledger::tools
