// A file system that says "no space" where the one below says that a file may not grow: over a
// process's file size limit (EFBIG) or a quota (EDQUOT). RocksDB gives up for good on those and
// waits for room on "no space" only.
#pragma once

#include <rocksdb/file_system.h>

#include <memory>

namespace ledger::store {

std::shared_ptr<rocksdb::FileSystem> no_space_file_system(
    std::shared_ptr<rocksdb::FileSystem> below);

}  // namespace ledger::store
