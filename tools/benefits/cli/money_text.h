// Money as people write it: in the currency's own unit, with as many decimals as ISO 4217 gives that
// currency: "475.00" of USD, "475000" of KRW, "1.500" of KWD. The ledger keeps, and JSON has,
// integer minor units: 47500 of USD, 475000 of KRW, 1500 of KWD.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/json/schema.h"
#include "events/result.h"

namespace ledger::tools {

// What an ISO 4217 code looks like: three capital letters.
bool is_currency(std::string_view text);

// Minor units of an amount as a person typed it: "475.00", or without decimals, "475", which is the
// same. `currency` is one by its looks, the least and the most are minor units. Error: how to write
// it; what was typed isn't repeated.
Result<std::int64_t> minor_units(std::string_view typed, std::string_view currency,
                                 const json::Bounds& bounds);

}  // namespace ledger::tools
