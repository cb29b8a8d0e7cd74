// The ledger's sealer, from the master key in its folder. Without the file, or the right to read
// it, the ledger is there all the same: whatever shows nothing sealed is answered, and nothing is
// written.
#pragma once

#include <memory>
#include <string>

#include "consumers/ledger.h"

namespace ledger {

// Needs the ledger's genesis and keys. Error: the file is no master key, or another ledger's.
Result<void> unlock(Ledger& ledger);

// A keyed hash of the ledger's id: the same on every node that has the right master key.
Id128 key_check(const Sealer& sealer, Id128 ledger);

// A key store that has nothing but this answer.
std::shared_ptr<KeyStore> silent_keys(Error error);

}  // namespace ledger
