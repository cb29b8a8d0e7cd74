// What a command that the codec has taken comes to.
#pragma once

#include "aggregates/ledger_state.h"
#include "aggregates/partner.h"
#include "command_generated.h"

namespace ledger::fuzz {

// With the first policies and catalogues, on 2021-02-01.
const LedgerState& sandbox();

// Decides it for a partner with a little of everything, and for the ledger itself. An event that is
// accepted can be added, and what it leads to can be kept as a row.
void check_decided(const fb::Command& command);

// The same for the partner that is given.
void check_decided_for(PartnerState state, const fb::Command& command);

}  // namespace ledger::fuzz
