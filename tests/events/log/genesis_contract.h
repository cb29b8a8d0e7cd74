// The part of the contract that makes a log a ledger: events/log/genesis.h on any Log.
#pragma once

#include <span>

#include "record_generated.h"
#include "tests/events/log/log_contract.h"

namespace ledger::tests {

// A small genesis to propose; the number makes its ledger id.
fb::GenesisT genesis_proposal(std::uint32_t partitions, std::uint64_t ledger_number);

std::span<const LogRule> genesis_contract();

}  // namespace ledger::tests
