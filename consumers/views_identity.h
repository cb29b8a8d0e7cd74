// Whose views these are: they carry the ledger's id, the format of their rows, and the genesis
// records, so that they can be understood while the log doesn't answer.
#pragma once

#include <vector>

#include "projections/rows.h"

namespace ledger {

inline constexpr ErrorCode kViewsOfAnotherLedger{"views.of-another-ledger"};
inline constexpr ErrorCode kViewsOfAnotherFormat{"views.of-another-format"};

enum class Identity { none_yet, ours, of_another_ledger, of_another_format };

Result<Identity> identity_of(const views::Snapshot& rows, Id128 ledger);

// What `identity_of` looks for and `genesis_of` gives; `genesis` is of each partition.
views::RowBatch identity_rows(Id128 ledger, const std::vector<Bytes>& genesis);

// The genesis record of each partition, aligned and verified. Error: there are none.
Result<std::vector<Bytes>> genesis_of(const views::Snapshot& rows);

// Error: the views in `directory`/views are not this ledger's as this program keeps them, and what
// to do. Views without any rows become this ledger's.
Result<void> check_views(views::Rows& rows, const std::string& directory, Id128 ledger,
                         const std::vector<Bytes>& genesis);

}  // namespace ledger
