// Making a ledger. In a folder it is made beside and put into place whole (events/fresh_folder.h).
// On Kafka the master key goes into the folder before a genesis record is handed over, and stays
// there from then on, whatever comes: a ledger may have been made with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "consumers/ledger_place.h"
#include "events/date.h"
#include "events/limits.h"
#include "events/result.h"
#include "policy_generated.h"

namespace ledger {

inline constexpr ErrorCode kLedgerExists{"ledger.exists"};

struct CreateSettings {
    std::uint32_t partitions = limits::kPartitionsDefault;
    bool sandbox = false;
    Date clock;  // where a sandbox ledger's clock starts, kFirstDate or later
    // What it begins with, checked (version_files.h); empty: what is built in.
    std::vector<fb::PolicyVersionT> policies;
    std::vector<fb::CatalogueVersionT> catalogues;
};

// Makes a ledger at the place: genesis in every partition. Completes one that was left half made
// with this folder's master key. Gives a sentence on what was made, once the ledger was opened with
// the folder's key. Error: a ledger is there already, another process makes one, the folder has
// something else in it, there is no room or no broker. The folder is then as it was found, but for
// the key of a genesis record that may be in the log.
Result<std::string> create_ledger(const LedgerPlace& place, const CreateSettings& settings);

}  // namespace ledger
