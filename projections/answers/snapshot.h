// What an answer is made from, and what it is true as of: rows, the ledger's own state, a day and a
// position that belong together. Every answer is one function of one of these.
#pragma once

#include "aggregates/ledger_state.h"
#include "events/date.h"
#include "events/ids.h"
#include "projections/rows.h"

namespace ledger::answers {

struct Snapshot {
    const views::Snapshot& rows;
    PartitionId partition{};
    Position position{};  // of this partition it was read up to here
    LedgerState ledger;   // what the ledger's own entries of the partition came to there
    Date today;           // on which a command of this partition would be decided now
};

}  // namespace ledger::answers
