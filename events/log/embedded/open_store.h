// Opening one of our RocksDBs so that a full disk leaves it readable.
#pragma once

#include <rocksdb/db.h>

#include <memory>
#include <string>
#include <vector>

namespace ledger::log {

// What all our stores have in common: a full disk is told as one whatever the system calls it
// (no_space_file_system.h), and RocksDB's own log can't end the process (store_log.h). A store on
// files of its own sets `env` afterwards.
void set_up_store(rocksdb::DBOptions& options, const std::string& place);

struct OpenedStore {
    rocksdb::Status status;
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> families;  // as described
    bool read_only = false;  // the disk had no room for what opening writes
};

OpenedStore open_store(const rocksdb::DBOptions& options, const std::string& place,
                       const std::vector<rocksdb::ColumnFamilyDescriptor>& families);
// One that has the default family alone; `families` stays empty.
OpenedStore open_store(const rocksdb::Options& options, const std::string& place);

}  // namespace ledger::log
