// What a partner that was read from a row can be asked.
#pragma once

#include "aggregates/partner.h"

namespace ledger::fuzz {

// Decides commands of every kind for it, drawn on what it holds, whatever its numbers and dates are,
// and adds what is accepted.
void check_asked(const PartnerState& state);

}  // namespace ledger::fuzz
