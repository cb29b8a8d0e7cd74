#include "events/store/full_disk.h"

#include "events/store/disk_failure.h"
#include "events/store/wal_tail.h"

namespace ledger::store {

class FullDisk::Listener : public rocksdb::EventListener {
public:
    explicit Listener(FullDisk& disk) : disk_(disk) {}

    void OnBackgroundError(rocksdb::BackgroundErrorReason reason,
                           rocksdb::Status* status) override {
        if (!status->IsNoSpace()) end_process_after_disk_failure(disk_.place_, status->ToString());
        if (reason == rocksdb::BackgroundErrorReason::kWriteCallback)
            disk_.torn_wal_ = newest_wal_number(disk_.place_);
    }
    void OnMemTableSealed(const rocksdb::MemTableInfo& sealed) override {
        if (sealed.cf_name == rocksdb::kDefaultColumnFamilyName) disk_.buffer_empty_ = true;
    }

    // RocksDB would look for room every few seconds by itself; we look when somebody wants to
    // write.
    void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                              bool* auto_recovery) override {
        *auto_recovery = false;
    }

private:
    FullDisk& disk_;
};
std::shared_ptr<rocksdb::EventListener> FullDisk::listener() {
    return std::make_shared<Listener>(*this);
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

}  // namespace ledger::store
