// What a fold writes to when views are made from nothing: partner by partner, each partner's whole
// history in one commit, so that nothing a fold asks for can be there before. History rows stand in
// the target already (they are what is folded) and are passed over; positions are kept until the
// end. One thread.
#pragma once

#include <map>
#include <string>

#include "projections/sorted_runs.h"

namespace ledger::views {

class BulkRows : public Rows {
public:
    BulkRows(RocksRows& target, std::size_t run_max_bytes)
        : target_(target), runs_(target, run_max_bytes) {}

    // An empty one: see above.
    std::unique_ptr<const Snapshot> snapshot() const override;
    Result<void> write(const RowBatch& rows) override;

    // Positions and `more` last, when everything else is on disk.
    Result<void> finish(const RowBatch& more);

    std::uint64_t partners() const { return partners_; }

private:
    RocksRows& target_;
    SortedRuns runs_;
    std::map<std::string, std::string, std::less<>> meta_;
    std::uint64_t partners_ = 0;
};

}  // namespace ledger::views
