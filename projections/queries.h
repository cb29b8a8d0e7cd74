// Questions to the views. Pure but for the rows they read; every answer is as of the position the
// view stands at.
#pragma once

#include <optional>
#include <vector>

#include "aggregates/ledger_state.h"
#include "aggregates/partner.h"
#include "aggregates/ports.h"
#include "events/reading.h"
#include "projections/position.h"
#include "projections/rows.h"
#include "state_generated.h"

namespace ledger::views {

// A row of the views is not what the program wrote.
inline constexpr ErrorCode kRowDamaged{"views.row-damaged"};

// A partner's events in order; the ledger's own of the partition under the empty id. The records
// live until their visit returns. Error: the rows can't be read, or are damaged.
Result<void> replay(const Snapshot& rows, PartitionId partition, const PartnerId& partner,
                    const History::Visit& visit);

// The writer's port, over the history view as it is at each replay.
class RowsHistory : public History {
public:
    explicit RowsHistory(const Rows& rows) : rows_(rows) {}
    Result<void> replay(PartitionId partition, const PartnerId& partner,
                        const Visit& visit) override;

private:
    const Rows& rows_;
};

Result<std::optional<PartnerState>> find_partner(const Snapshot& rows, const PartnerId& partner);
Result<std::optional<fb::Receipt>> find_receipt(const Snapshot& rows, PartitionId partition,
                                                const PartnerId& partner, const CommandId& command);
// Where the view stands; a reading at the start when it has none of that partition.
Result<StoredReading> find_reading(const Snapshot& rows, PartitionId partition);
// What the ledger's own entries of a partition come to; nothing when the view has not read the
// partition's genesis record.
Result<std::optional<LedgerState>> find_ledger(const Snapshot& rows, PartitionId partition);
// The last position that the view has read; 0 also when there is none yet.
Result<Position> find_last_position(const Snapshot& rows, PartitionId partition);

// Numbers of one partition, counted from different places, so that a fault in one of them shows.
struct Completeness {
    PartitionId partition{};
    Reading reading;
    std::uint64_t history_rows = 0;  // counted in history
    std::uint64_t receipt_rows = 0;  // counted in receipts
    std::uint64_t version_sum =
        0;  // partner versions from the partners view, and the ledger's own entries
    bool holds() const;
};

// Scans whole families: for `log stat` and `verify`, not for a request.
Result<std::vector<Completeness>> count_everything(const Snapshot& rows, std::uint32_t partitions);

}  // namespace ledger::views
