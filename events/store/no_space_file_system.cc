#include "events/store/no_space_file_system.h"

#include <cerrno>
#include <cstring>

namespace ledger::store {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus mapped(IOStatus status) {
    if (!status.IsIOError() || status.IsNoSpace()) return status;
    const std::string text = status.ToString();
    if (text.find(std::strerror(EFBIG)) == std::string::npos &&
        text.find(std::strerror(EDQUOT)) == std::string::npos)
        return status;
    IOStatus no_space = IOStatus::NoSpace(text);
    no_space.SetRetryable(true);
    return no_space;
}

class WritableFile : public rocksdb::FSWritableFileOwnerWrapper {
public:
    using FSWritableFileOwnerWrapper::FSWritableFileOwnerWrapper;

    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
        return mapped(FSWritableFileOwnerWrapper::Append(data, options, debug));
    }
    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo& verification,
                    IODebugContext* debug) override {
        return mapped(FSWritableFileOwnerWrapper::Append(data, options, verification, debug));
    }
    IOStatus PositionedAppend(const Slice& data, uint64_t offset, const IOOptions& options,
                              IODebugContext* debug) override {
        return mapped(FSWritableFileOwnerWrapper::PositionedAppend(data, offset, options, debug));
    }
    IOStatus PositionedAppend(const Slice& data, uint64_t offset, const IOOptions& options,
                              const rocksdb::DataVerificationInfo& verification,
                              IODebugContext* debug) override {
        return mapped(FSWritableFileOwnerWrapper::PositionedAppend(data, offset, options,
                                                                   verification, debug));
    }
    IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* debug) override {
        return mapped(FSWritableFileOwnerWrapper::Truncate(size, options, debug));
    }
};

class NoSpaceFileSystem : public rocksdb::FileSystemWrapper {
public:
    using FileSystemWrapper::FileSystemWrapper;

    const char* Name() const override { return "LedgerNoSpaceFileSystem"; }

    IOStatus NewWritableFile(const std::string& name, const FileOptions& options,
                             std::unique_ptr<FSWritableFile>* file,
                             IODebugContext* debug) override {
        return wrap(FileSystemWrapper::NewWritableFile(name, options, file, debug), file);
    }
    IOStatus ReopenWritableFile(const std::string& name, const FileOptions& options,
                                std::unique_ptr<FSWritableFile>* file,
                                IODebugContext* debug) override {
        return wrap(FileSystemWrapper::ReopenWritableFile(name, options, file, debug), file);
    }
    IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                               const FileOptions& options, std::unique_ptr<FSWritableFile>* file,
                               IODebugContext* debug) override {
        return wrap(FileSystemWrapper::ReuseWritableFile(name, old_name, options, file, debug),
                    file);
    }

private:
    static IOStatus wrap(IOStatus opened, std::unique_ptr<FSWritableFile>* file) {
        if (opened.ok()) *file = std::make_unique<WritableFile>(std::move(*file));
        return mapped(std::move(opened));
    }
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> no_space_file_system(
    std::shared_ptr<rocksdb::FileSystem> below) {
    return std::make_shared<NoSpaceFileSystem>(std::move(below));
}

}  // namespace ledger::store
