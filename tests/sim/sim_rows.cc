#include "tests/sim/sim_rows.h"

namespace ledger::sim {

Result<void> SimRows::write(const views::RowBatch& rows) {
    if (tears_) {
        torn_ = true;
        return error("torn");
    }
    since_.push_back(rows);
    return live_.write(rows);
}

void SimRows::flush() {
    for (const views::RowBatch& rows : since_) LEDGER_CHECK(durable_.write(rows).ok());
    since_.clear();
}

bool SimRows::crash(Dice& dice) {
    tears_ = torn_ = false;
    const std::size_t kept = dice.index(since_.size() + 1);
    const bool lost = kept < since_.size();
    for (std::size_t i = 0; i < kept; ++i) LEDGER_CHECK(durable_.write(since_[i]).ok());
    since_.clear();
    live_ = durable_;
    return lost;
}

bool SimRows::put_copy_back() {
    if (!copy_) return false;
    replace(*copy_);
    return true;
}

void SimRows::replace(views::MapRows rows) {
    since_.clear();
    durable_ = std::move(rows);
    live_ = durable_;
}

}  // namespace ledger::sim
