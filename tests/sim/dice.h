// All randomness of a simulation comes from these.
#pragma once

#include "aggregates/possible/dice.h"

namespace ledger::sim {

using possible::Dice;

}  // namespace ledger::sim
