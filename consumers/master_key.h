// The master key of a ledger folder: 32 random bytes in master.key, readable by its owner only. It
// wraps the data keys and keys the ledger's hashes; without it no name or e-mail can be read again.
#pragma once

#include <string>

#include "events/result.h"
#include "events/seal.h"

namespace ledger {

struct MasterKey {
    Key256 key;
    bool made = false;  // just now
};

// The folder's key, or a new one. Safe when several processes do it at once.
Result<MasterKey> find_or_make_master_key(const std::string& directory);
// Error: there is none, it is not 32 bytes, or others may read it.
Result<Key256> read_master_key(const std::string& directory);
void remove_master_key(const std::string& directory);

}  // namespace ledger
