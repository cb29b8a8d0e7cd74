// What is kept of a refusal, for support to look up [LED-05].
#pragma once

#include <cstdint>

#include "aggregates/writing/work.h"
#include "projections/refusals.h"

namespace ledger {

fb::RefusalRowT refusal_row(const Answered& answered, std::int64_t at_ms);

}  // namespace ledger
