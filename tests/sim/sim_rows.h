// The rows of a simulated node: in memory, written batch by batch. A crash goes back to any batch
// since the last one that is known to be durable, as RocksDB does with its write-ahead log off; of
// a batch that the crash came in the middle of nothing stays, as RocksDB keeps whole batches only.
#pragma once

#include "projections/map_rows.h"
#include "tests/sim/dice.h"

namespace ledger::sim {

class SimRows : public views::Rows {
public:
    std::unique_ptr<const views::Snapshot> snapshot() const override { return live_.snapshot(); }
    Result<void> write(const views::RowBatch& rows) override;

    // The next batch is torn: the process ends in the middle of it.
    void tear_next() { tears_ = true; }
    bool torn() const { return torn_; }
    // Everything written so far is durable.
    void flush();
    // Back to a random batch. True when something was lost.
    bool crash(Dice& dice);
    // Someone makes a copy of what is durable, and puts it back later. False: there is none.
    void keep_copy() { copy_ = durable_; }
    bool put_copy_back();
    // Others in the place of all these, durable.
    void replace(views::MapRows rows);
    const views::MapRows& live() const { return live_; }

private:
    views::MapRows durable_;
    std::vector<views::RowBatch> since_;
    views::MapRows live_;
    std::optional<views::MapRows> copy_;
    bool tears_ = false;
    bool torn_ = false;
};

}  // namespace ledger::sim
