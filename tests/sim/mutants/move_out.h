// For mutants that write some rows apart from the others.
#pragma once

#include <utility>

#include "projections/rows.h"

namespace ledger::views::sim {

// The rows of one family, which then are in the batch no more.
inline RowBatch move_out(RowBatch& batch, Family family) {
    RowBatch moved, rest;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const Row row = batch.row(i);
        (row.family == family ? moved : rest).add(row);
    }
    batch = std::move(rest);
    return moved;
}

}  // namespace ledger::views::sim
