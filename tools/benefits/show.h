// A partner as `benefits show` gives it, as tables and as JSON.
#pragma once

#include <string>

#include "events/seal.h"
#include "tools/benefits/exit_code.h"
#include "tools/benefits/output.h"
#include "tools/benefits/partner_sheet.h"

namespace ledger::tools {

struct Shown {
    const PartnerState& state;
    PartnerSheet sheet;
    PartitionId partition{};
    Position position{};  // read up to here
    Sealer& sealer;
    bool unseal = false;
};

std::string show_tables(const Shown& shown, const Screen& screen);

// One document: {"partner", "partition", "position", "today", ..., "users": [...], "orders":
// [...]}.
std::string show_json(const Shown& shown);

// Says so, and as of where.
ExitCode partner_not_found(const std::string& partner, PartitionId partition, Position position);

}  // namespace ledger::tools
