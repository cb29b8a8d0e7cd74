// What benefits are counted in, one by one: seats, keys, tokens.
#pragma once

#include <string>

#include "events/date.h"
#include "partner_sheet_generated.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

// The tables of an order's seats, keys and tokens, each under its title.
std::string benefit_units(const fb::OrderLineT& order, Date today, const Screen& screen);

}  // namespace ledger::tools
