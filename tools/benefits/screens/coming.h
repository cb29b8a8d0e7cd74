// What is coming for a partner: every date from a day on that changes what it has or may do,
// soonest first. Computed from its state and the policies alone; nothing waits for a clock to tick.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/benefits/screens/partner_sheet.h"

namespace ledger::tools {

struct Coming {
    Date on;
    std::string_view kind;  // "anniversary", "seat_movable", ...: for programs
    std::string order;      // empty: not of one order
    std::string what;       // in words
    std::string_view rule;  // "MEM-03"
};

std::vector<Coming> coming_for(const PartnerSheet& sheet, const LedgerState& ledger);

}  // namespace ledger::tools
