// Makes a whole embedded ledger in a folder: log, key store, genesis in every partition.
#pragma once

#include <string>

#include "events/log/embedded/embedded_log.h"
#include "events/log/genesis.h"

namespace ledger::log {

// Safe to run any number of times and by several processes at once (a second one waits up to five
// seconds for the first): the first genesis stays, a half-made ledger is completed. An existing
// ledger keeps its number of partitions, whatever is proposed. Everything is on disk on return.
Result<CreateOutcome> create_embedded(const std::string& folder, const fb::GenesisT& proposal,
                                      const EmbeddedOptions& options = {});

}  // namespace ledger::log
