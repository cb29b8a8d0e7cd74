// Lists over all partners as people read them: columns, and a line's cells.
#pragma once

#include <string>
#include <vector>

#include "partner_lists_generated.h"
#include "tools/benefits/cli/table.h"

namespace ledger::tools {

Table membership_columns();
std::vector<std::string> cells_of(const fb::ListedMembershipT& line);

Table order_columns();
std::vector<std::string> cells_of(const fb::ListedOrderT& line);

Table charge_columns();
std::vector<std::string> cells_of(const fb::ListedChargeT& line);

Table reminder_columns();
std::vector<std::string> cells_of(const fb::ListedReminderT& line);

}  // namespace ledger::tools
