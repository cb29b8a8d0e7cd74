// Why a RocksDB of ours could not be opened, in one sentence with what to do.
#pragma once

#include <sys/types.h>

#include <string>

#include "events/result.h"
#include "events/store/store.h"

namespace ledger::store {

// The process that holds RocksDB's lock file at the place; 0 when nobody does, or it can't be told.
// Must not be called while this process holds it: looking would release the lock.
pid_t lock_holder(const std::string& place);

// `what` is "log" or "key store".
Error explain_open_failure(const std::string& what, const std::string& place, const Status& status);

}  // namespace ledger::store
