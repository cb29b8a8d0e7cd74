// What falls due in the whole ledger, found by the index of anchors. Pure but for the rows it
// reads.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "aggregates/ledger_state.h"
#include "events/bytes.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/rows.h"

namespace ledger {

struct DueCommand {
    PartitionId partition{};
    std::string partner;
    Bytes command;  // packed; its id is derived from what it says
    std::string id;
};

// What is due on one day, partner by partner in the order in which it is to be done.
struct DueDay {
    Date on;
    std::vector<DueCommand> commands;
};

struct DueSought {
    Date through;
    // The ledger's own state in a partition.
    std::function<const LedgerState&(PartitionId)> ledger;
    // Only of these partitions; all of them where it is empty.
    std::function<bool(PartitionId)> wanted;
    // Ids of commands that are not to be found again.
    const std::set<std::string>* passed_over = nullptr;
    std::size_t commands_max = 8'192;
};

// The earliest day, at most `through`, on which something is due, with at most commands_max of its
// commands; nothing where nothing is. It reads no further in the index than that day's anchors.
Result<std::optional<DueDay>> next_due(const views::Snapshot& rows, std::uint32_t partitions,
                                       const DueSought& sought);

}  // namespace ledger
