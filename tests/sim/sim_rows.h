// The rows of a simulated node: in memory, written batch by batch; a crash goes back to any batch
// since the last one that is known to be durable, as RocksDB does with its write-ahead log off.
#pragma once

#include "projections/map_rows.h"
#include "tests/sim/dice.h"

namespace ledger::sim {

class SimRows : public views::Rows {
public:
    Result<std::optional<std::string>> get(views::Family family,
                                           std::string_view key) const override {
        return live_.get(family, key);
    }
    Result<void> scan(views::Family family, std::string_view prefix,
                      const Visit& visit) const override {
        return live_.scan(family, prefix, visit);
    }
    Result<std::vector<bool>> have(views::Family family,
                                   std::span<const std::string_view> keys) const override {
        return live_.have(family, keys);
    }
    Result<void> write(const views::RowBatch& rows) override;

    // Everything written so far is durable.
    void flush();
    // Back to a random batch. True when something was lost.
    bool crash(Dice& dice);
    const views::MapRows& live() const { return live_; }

private:
    views::MapRows durable_;
    std::vector<views::RowBatch> since_;
    views::MapRows live_;
};

}  // namespace ledger::sim
