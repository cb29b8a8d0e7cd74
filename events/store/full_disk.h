// How a store goes on after a full disk. RocksDB then takes nothing more behind half a record in
// its write-ahead log, and begins a new one at Resume() only if some write buffer holds something.
// So one buffer always holds something: a key that is in no write-ahead log and needs no disk.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <atomic>
#include <memory>
#include <string>

namespace ledger::store {

class FullDisk {
public:
    // That key; it has no value.
    static constexpr const char* kFillerKey = "filler";

    // For the store at `place`, which this outlives; listener() goes into that store's options.
    explicit FullDisk(std::string place) : place_(std::move(place)) {}
    // Any background error but a full disk ends the process: see disk_failure.h.
    std::shared_ptr<rocksdb::EventListener> listener();

    // Before each write; `family` is the default column family.
    void before_write(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family);
    // After a write that found the disk full: true when writes will be taken again.
    bool resume(rocksdb::DB& db);

private:
    class Listener;

    std::string place_;
    std::atomic<std::uint64_t> torn_wal_{0};  // number of the last one a write failed on
    std::atomic<bool> buffer_empty_{true};
};

}  // namespace ledger::store
