// Money as people write it: integer minor units and a currency become "475.00 USD".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ledger {

// How many decimals ISO 4217 gives the currency; 2, as most have, for a code that was never in it.
int decimals_of(std::string_view currency);

std::string money(std::int64_t minor_units, std::string_view currency);

}  // namespace ledger
