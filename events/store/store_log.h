// RocksDB's own log of what goes on in one store: the file LOG in its folder, warnings and worse
// only. RocksDB 7.8's logger ends the process by an assertion at the second line that a full or
// failing disk does not take; this one goes without the line.
#pragma once

#include <rocksdb/env.h>

#include <memory>
#include <string>

namespace ledger::store {

// `place` is the store's folder. The file is made with the first line, and put aside as LOG.old
// when it has grown to a mebibyte.
std::shared_ptr<rocksdb::Logger> make_store_log(const std::string& place);

}  // namespace ledger::store
