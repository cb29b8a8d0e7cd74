// What a command would come to now, as the views have it: nothing is sent.
#pragma once

#include "aggregates/answer_of.h"
#include "consumers/ledger.h"

namespace ledger {

// `command` is a partner's, in its partition, or the ledger's own, in any. Error: the rows can't be
// read, or are damaged.
Result<Ruling> foreseen(const Ledger& ledger, const views::Snapshot& rows, PartitionId partition,
                        const fb::Command& command);

}  // namespace ledger
