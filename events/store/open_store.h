// Opening one of our RocksDBs so that a full disk, a read-only one, or a folder without the right
// to write leaves it readable. Inside this room.
#pragma once

#include <rocksdb/db.h>

#include <memory>
#include <string>
#include <vector>

namespace ledger::store {

// What all our stores have in common: a full disk is told as one whatever the system calls it
// (no_space_file_system.h), and RocksDB's own log can't end the process (store_log.h). A store on
// files of its own sets `env` afterwards.
void set_up_store(rocksdb::DBOptions& options, const std::string& place);

struct OpenedStore {
    rocksdb::Status status;
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> families;  // as described
    // The disk had no room for what opening writes, or nothing may be written at the place.
    bool read_only = false;
    std::string why_read_only;  // a sentence without an end: "DIR can't be written (...)"
};

OpenedStore open_store(const rocksdb::DBOptions& options, const std::string& place,
                       const std::vector<rocksdb::ColumnFamilyDescriptor>& families);

}  // namespace ledger::store
