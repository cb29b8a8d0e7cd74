// Hears of RocksDB's background errors: anything but a full disk ends the process.
#pragma once

#include <rocksdb/listener.h>

#include <functional>
#include <string>

#include "events/log/embedded/disk_failure.h"

namespace ledger::log {

class DiskFailureListener : public rocksdb::EventListener {
public:
    // `on_full_write` is called when a full disk has cut short a write to the write-ahead log.
    DiskFailureListener(std::string place, std::function<void()> on_full_write)
        : place_(std::move(place)), on_full_write_(std::move(on_full_write)) {}

    void OnBackgroundError(rocksdb::BackgroundErrorReason reason,
                           rocksdb::Status* status) override {
        if (!status->IsNoSpace()) end_process_after_disk_failure(place_, status->ToString());
        if (reason == rocksdb::BackgroundErrorReason::kWriteCallback) on_full_write_();
    }

private:
    std::string place_;
    std::function<void()> on_full_write_;
};

}  // namespace ledger::log
