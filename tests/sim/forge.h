// Records that nobody of the run has sent: bytes that are none, and well-formed ones in somebody
// else's name.
#pragma once

#include "events/bytes.h"
#include "tests/sim/dice.h"
#include "tests/sim/reference.h"

namespace ledger::sim {

// Bytes that don't verify; often a damaged copy of a real record.
Bytes poison(Dice& dice, const Bytes& real);

// A record that must be void where it lands, for the state of the log as it is. Never a later
// checkpoint of a term that is not open, nor the current writer's next entry: those are lies that
// no reader could see through.
Bytes forge(Dice& dice, const ReferenceJudge& judge, const Bytes& genesis);

// A valid claim by nobody.
Bytes foreign_claim(Dice& dice, const ReferenceJudge& judge);

}  // namespace ledger::sim
