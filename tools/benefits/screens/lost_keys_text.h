// What is said where keys of the ledger's entries are lost.
#pragma once

#include "consumers/lost_keys.h"
#include "events/key_list.h"
#include "tools/benefits/cli/exit_code.h"

namespace ledger::tools {

// How a subcommand ends that has done all else: `failed` when the key store is in doubt (which was
// said when it was opened; null: it was not asked for), and with a sentence when keys are lost.
ExitCode end_with(const LostKeys& lost, const KeyList* keys);

}  // namespace ledger::tools
