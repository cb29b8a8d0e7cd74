// Rows in memory above rows that can't be written: views on a full disk answer queries up to the
// end of the log all the same. What is written here is gone with the process, and made again from
// the log.
#pragma once

#include <memory>

#include "projections/map_rows.h"

namespace ledger::views {

class LayeredRows : public Rows {
public:
    // Nobody writes what is below any more.
    explicit LayeredRows(std::unique_ptr<Rows> below) : below_(std::move(below)) {}

    std::unique_ptr<const Snapshot> snapshot() const override;
    Result<void> write(const RowBatch& rows) override;

private:
    std::unique_ptr<Rows> below_;
    MapRows above_;  // values begin with a byte that tells what was put from what was erased
};

}  // namespace ledger::views
