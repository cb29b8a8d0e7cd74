// Whose views these are: they carry the ledger's id and the format of their rows.
#pragma once

#include "projections/rows.h"

namespace ledger {

enum class Identity { none_yet, ours, of_another_ledger, of_another_format };

Result<Identity> identity_of(const views::Rows& rows, Id128 ledger);

// What `identity_of` looks for.
views::RowBatch identity_rows(Id128 ledger);

// Error: the views in `directory`/views are not this ledger's as this program keeps them, and what
// to do. Views without any rows become this ledger's.
Result<void> check_views(views::Rows& rows, const std::string& directory, Id128 ledger);

}  // namespace ledger
