// A partner as `benefits show` gives it, as tables and as JSON.
#pragma once

#include <string>
#include <vector>

#include "events/seal.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/screens/coming.h"
#include "tools/benefits/screens/partner_sheet.h"

namespace ledger::tools {

struct Shown {
    const PartnerState& state;
    PartnerSheet sheet;
    std::vector<Coming> coming;
    PartitionId partition{};
    Position position{};  // read up to here
    std::uint64_t newest_version = 0;
    bool past = false;  // as of a moment that was asked for
    Sealer& sealer;
    bool unseal = false;
};

// The snapshot outlives what is shown of it.
Shown shown_of(const PartnerQuery& query, const Snapshot& snapshot, bool past, bool unseal);

std::string show_tables(const Shown& shown, const Screen& screen);

// The tables of an order's seats, keys and tokens, each under its title.
std::string show_units(const OrderLine& order, Date today, const Screen& screen);

// One document: {"partner", "partition", "position", "today", ..., "users": [...], "orders":
// [...], "requests": [...], "coming": [...]}.
std::string show_json(const Shown& shown);

}  // namespace ledger::tools
