// Hears of RocksDB's background errors: anything but a full disk ends the process. Hears also when
// the default column family's write buffer was exchanged for an empty one.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <functional>
#include <string>

#include "events/log/embedded/disk_failure.h"

namespace ledger::log {

class DiskFailureListener : public rocksdb::EventListener {
public:
    struct Calls {
        std::function<void()> full_write;    // a full disk cut short a write to the write-ahead log
        std::function<void()> buffer_empty;  // of the default column family
    };
    DiskFailureListener(std::string place, Calls calls)
        : place_(std::move(place)), calls_(std::move(calls)) {}

    void OnBackgroundError(rocksdb::BackgroundErrorReason reason,
                           rocksdb::Status* status) override {
        if (!status->IsNoSpace()) end_process_after_disk_failure(place_, status->ToString());
        if (reason == rocksdb::BackgroundErrorReason::kWriteCallback && calls_.full_write)
            calls_.full_write();
    }
    void OnMemTableSealed(const rocksdb::MemTableInfo& sealed) override {
        if (sealed.cf_name == rocksdb::kDefaultColumnFamilyName && calls_.buffer_empty)
            calls_.buffer_empty();
    }

    // RocksDB would look for room every few seconds by itself; we look when somebody wants to
    // write.
    void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                              bool* auto_recovery) override {
        *auto_recovery = false;
    }

private:
    std::string place_;
    Calls calls_;
};

}  // namespace ledger::log
