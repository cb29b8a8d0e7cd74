// Rows in memory above rows that can't be written: views on a full disk answer queries up to the
// end of the log all the same. What is written here is gone with the process, and made again from
// the log.
#pragma once

#include <memory>

#include "projections/map_rows.h"

namespace ledger::views {

class LayeredRows : public Rows {
public:
    explicit LayeredRows(std::unique_ptr<Rows> below) : below_(std::move(below)) {}

    Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
    Result<void> scan(Family family, std::string_view prefix, const Visit& visit) const override;
    Result<std::vector<bool>> have(Family family,
                                   std::span<const std::string_view> keys) const override;
    Result<void> write(const RowBatch& rows) override { return above_.write(rows); }

private:
    std::unique_ptr<Rows> below_;
    MapRows above_;
};

}  // namespace ledger::views
