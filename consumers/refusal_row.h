// What is kept of a refusal, for support to look up [LED-05].
#pragma once

#include "aggregates/writing/work.h"
#include "projections/refusals.h"

namespace ledger {

// `machine` is the machine's time of the answer.
fb::RefusalRowT refusal_row(const Answered& answered, Time machine);

}  // namespace ledger
