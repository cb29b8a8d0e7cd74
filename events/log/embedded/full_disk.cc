#include "events/log/embedded/full_disk.h"

#include "events/log/embedded/wal_tail.h"

namespace ledger::log {
std::shared_ptr<rocksdb::EventListener> FullDisk::listener() {
    DiskFailureListener::Calls calls;
    calls.full_write = [this] { torn_wal_ = newest_wal_number(place_); };
    calls.buffer_empty = [this] { buffer_empty_ = true; };
    return std::make_shared<DiskFailureListener>(place_, std::move(calls));
}

void FullDisk::before_write(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
    if (!buffer_empty_.exchange(false)) return;
    rocksdb::WriteOptions unlogged;
    unlogged.disableWAL = true;
    db.Put(unlogged, family, kFillerKey, rocksdb::Slice()).PermitUncheckedError();
}

bool FullDisk::resume(rocksdb::DB& db) {
    if (!db.Resume().ok()) return false;
    if (torn_wal_ != 0 && newest_wal_number(place_) == torn_wal_)
        end_process_after_disk_failure(place_,
                                       "no new write-ahead log was begun after a full disk");
    return true;
}

}  // namespace ledger::log
