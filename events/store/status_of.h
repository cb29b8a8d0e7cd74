// RocksDB's status as ours. Inside this room.
#pragma once

#include <rocksdb/status.h>

#include "events/store/store.h"

namespace ledger::store {

Status status_of(const rocksdb::Status& status);

}  // namespace ledger::store
