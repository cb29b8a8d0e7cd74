// A copy of a RocksDB as it is now, made while it goes on: RocksDB's checkpoint. On one disk the
// unchanging files are linked, otherwise copied.
#pragma once

#include <rocksdb/db.h>

#include <string>

#include "events/result.h"

namespace ledger::log {

// `what` is the store's name in a sentence; `place` must not be there, the folder above it must.
Result<void> copy_store(rocksdb::DB& db, const std::string& what, const std::string& place);

}  // namespace ledger::log
