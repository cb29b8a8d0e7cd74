// What falls due in the whole ledger, found by the index of anchors. Pure but for the rows it
// reads.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "events/bytes.h"
#include "events/date.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/rows.h"

namespace ledger {

struct DueCommand {
    std::string partner;
    std::string id;  // derived from what the command says
    Bytes command;   // packed

    auto operator<=>(const DueCommand&) const = default;
};

// One day's; of each partner the next one alone, for it may change what is due after it.
struct DueDay {
    Date on;
    std::vector<DueCommand> commands;
};

struct DueSought {
    Date through;
    // Only in these partitions; in all of them where it is empty.
    std::function<bool(PartitionId)> wanted = {};
    // Commands that are not to be found again: partner, 00, id.
    std::set<std::string> passed_over = {};
};

// The earliest day, at most `through`, on which something is due that wasn't done; nothing where
// nothing is. It reads no further in the index than that day's anchors.
Result<std::optional<DueDay>> next_due(const views::Snapshot& rows, std::uint32_t partitions,
                                       const DueSought& sought);

}  // namespace ledger
