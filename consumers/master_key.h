// The master key of a ledger folder: 32 random bytes in master.key, readable by its owner only. It
// wraps the data keys and keys the ledger's hashes; without it no name or e-mail can be read again.
#pragma once

#include <string>

#include "events/result.h"
#include "events/seal.h"

namespace ledger {

inline constexpr ErrorCode kMasterKeyMissing{"master-key.missing"};
inline constexpr ErrorCode kMasterKeyOfAnother{"master-key.of-another-ledger"};
inline constexpr ErrorCode kMasterKeyUnfit{"master-key.unfit"};  // too open, or no key at all

inline constexpr const char* kMasterKeyName = "master.key";

std::string master_key_path(const std::string& directory);
bool has_master_key(const std::string& directory);

// Error: there is none, it is not 32 bytes, or others may read it.
Result<Key256> read_master_key(const std::string& directory);

// Makes a new one, on disk on return. Error: also that there is one already.
Result<Key256> make_master_key(const std::string& directory);

// Takes back what make_master_key has just made, while nothing can have been sealed with it and no
// genesis record made: the caller answers for that.
void unmake_master_key(const std::string& directory);

}  // namespace ledger
