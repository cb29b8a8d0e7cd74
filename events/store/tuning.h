// How RocksDB is set for each of our stores, and why. Inside this room.
#pragma once

#include <rocksdb/options.h>

#include <string>

#include "events/store/full_disk.h"
#include "events/store/store.h"

namespace ledger::store {

// The partner's part of a key of the views: two bytes of partition, the partner, a zero byte.
std::size_t partner_prefix_bytes(std::string_view key);

// `full_disk` outlives the store; the views need none, since they have no write-ahead log.
rocksdb::DBOptions options_of(const Settings& settings, const std::string& place,
                              FullDisk& full_disk);

// Of the families of one store, which share a cache.
class FamilyOptions {
public:
    explicit FamilyOptions(const Settings& settings);
    rocksdb::ColumnFamilyOptions of(const std::string& name) const;

private:
    rocksdb::ColumnFamilyOptions of_log() const;
    rocksdb::ColumnFamilyOptions of_keys() const;
    rocksdb::ColumnFamilyOptions of_views(const std::string& name) const;

    Purpose purpose_;
    std::size_t write_buffers_max_bytes_;
    std::shared_ptr<rocksdb::Cache> cache_;
};

}  // namespace ledger::store
