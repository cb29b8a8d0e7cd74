// All partners at one moment: rows, the ledger's own state in each partition, and the day. What a
// list over all partners is made from, and true as of.
#pragma once

#include <vector>

#include "aggregates/ledger_state.h"
#include "aggregates/policy/policies.h"
#include "events/date.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/rows.h"

namespace ledger::answers {

struct LedgerMoment {
    const views::Snapshot& rows;
    // By partition: the ledger's own state, and the last position that was read.
    std::vector<LedgerState> ledgers;
    std::vector<Position> positions;
    Date today;        // the latest day of any partition
    Date first_day{};  // the earliest

    Policies policies_of(std::string_view partner) const;
};

// `wall` is the machine's day, which counts where the ledger has no clock of its own. Error: the
// rows can't be read, are damaged, or have no genesis record.
Result<LedgerMoment> ledger_moment(const views::Snapshot& rows, std::uint32_t partitions,
                                   Date wall);

}  // namespace ledger::answers
