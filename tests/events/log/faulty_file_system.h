// A file system for RocksDB that fails as a test wants: no more room from some byte on, with a part
// of the write done as a real disk does it, or writes and syncs that fail. Only write-ahead logs
// and sorted files are touched.
#pragma once

#include <rocksdb/file_system.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace ledger::tests {

class FaultyFileSystem : public rocksdb::FileSystemWrapper {
public:
    FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

    static constexpr std::int64_t kUnlimited = INT64_MAX / 2;
    std::atomic<std::int64_t> room_bytes{kUnlimited};
    std::atomic<bool> only_logs{false};       // sorted files have room for ever
    std::atomic<bool> also_manifests{false};  // those opened since have no more room either
    std::atomic<std::int64_t> told_free_bytes{kUnlimited};
    std::atomic<bool> too_large{false};   // "file too large" (EFBIG) instead of "no space"
    std::atomic<bool> fail_write{false};  // an I/O error
    std::atomic<bool> fail_sync{false};
    std::function<void()> before_sync;  // on the thread that syncs; set while nothing is written

    const char* Name() const override { return "FaultyFileSystem"; }
    rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override;
    rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options,
                                   std::uint64_t* free_bytes,
                                   rocksdb::IODebugContext* debug) override;
};

}  // namespace ledger::tests
