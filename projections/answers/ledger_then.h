// The ledger's own state of a partition at the end of a day: which policies and catalogues were
// published by then, where a sandbox's clock stood.
#pragma once

#include "aggregates/ledger_state.h"
#include "events/date.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/rows.h"

namespace ledger::answers {

// As far as the views have come: a row of them. Error here and below: the rows can't be read, are
// damaged or have no genesis record.
Result<LedgerState> ledger_then(const views::Snapshot& rows, PartitionId partition);

// A replay of the ledger's own entries.
Result<LedgerState> ledger_then(const views::Snapshot& rows, PartitionId partition, Date through);

}  // namespace ledger::answers
