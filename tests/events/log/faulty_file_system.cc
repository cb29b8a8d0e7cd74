#include "tests/events/log/faulty_file_system.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace ledger::tests {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class FaultyFile : public rocksdb::FSWritableFileOwnerWrapper {
public:
    FaultyFile(std::unique_ptr<rocksdb::FSWritableFile> file, FaultyFileSystem& faults, bool is_log)
        : FSWritableFileOwnerWrapper(std::move(file)), faults_(faults), is_log_(is_log) {}

    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
        if (faults_.fail_write) return IOStatus::IOError("injected: write failed");
        if (faults_.only_logs && !is_log_)
            return FSWritableFileOwnerWrapper::Append(data, options, debug);
        const auto wanted = static_cast<std::int64_t>(data.size());
        const std::int64_t room = std::clamp<std::int64_t>(faults_.room_bytes, 0, wanted);
        faults_.room_bytes -= room;
        const IOStatus written = FSWritableFileOwnerWrapper::Append(
            Slice(data.data(), static_cast<std::size_t>(room)), options, debug);
        if (!written.ok() || room == wanted) return written;
        if (faults_.too_large) return IOStatus::IOError("injected", std::strerror(EFBIG));
        IOStatus full = IOStatus::NoSpace("injected", std::strerror(ENOSPC));
        full.SetRetryable(true);
        return full;
    }
    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
        return Append(data, options, debug);
    }
    IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
        if (faults_.before_sync) faults_.before_sync();
        if (faults_.fail_sync) return IOStatus::IOError("injected: sync failed");
        return FSWritableFileOwnerWrapper::Sync(options, debug);
    }
    IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
        if (faults_.before_sync) faults_.before_sync();
        if (faults_.fail_sync) return IOStatus::IOError("injected: sync failed");
        return FSWritableFileOwnerWrapper::Fsync(options, debug);
    }

private:
    FaultyFileSystem& faults_;
    const bool is_log_;
};

bool ends_with(const std::string& name, const std::string& end) {
    return name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

IOStatus FaultyFileSystem::NewWritableFile(const std::string& name,
                                           const rocksdb::FileOptions& options,
                                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                                           IODebugContext* debug) {
    const IOStatus opened = FileSystemWrapper::NewWritableFile(name, options, file, debug);
    const bool is_log = ends_with(name, ".log");
    const bool is_manifest = also_manifests && name.find("/MANIFEST-") != std::string::npos;
    if (opened.ok() && (is_log || is_manifest || ends_with(name, ".sst")))
        *file = std::make_unique<FaultyFile>(std::move(*file), *this, is_log);
    return opened;
}

IOStatus FaultyFileSystem::GetFreeSpace(const std::string& path, const IOOptions& options,
                                        std::uint64_t* free_bytes, IODebugContext* debug) {
    const IOStatus told = FileSystemWrapper::GetFreeSpace(path, options, free_bytes, debug);
    *free_bytes = static_cast<std::uint64_t>(told_free_bytes.load());
    return told;
}

}  // namespace ledger::tests
