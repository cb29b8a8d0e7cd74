// Why a RocksDB of ours could not be opened, in one sentence with what to do.
#pragma once

#include <rocksdb/status.h>
#include <sys/types.h>

#include <string>

#include "events/result.h"

namespace ledger::log {

// True when another handle, of this process or another, has the database at `place` open.
bool is_locked(const rocksdb::Status& status);

// The process that holds RocksDB's lock file at the place; 0 when nobody does, or it can't be told.
// Not to be asked while this process holds it: looking would let go of it.
pid_t lock_holder(const std::string& place);

// `what` is "log" or "key store".
Error explain_open_failure(const std::string& what, const std::string& place,
                           const rocksdb::Status& status);

}  // namespace ledger::log
