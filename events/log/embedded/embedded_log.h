// The log on one machine, for one process: a RocksDB of its own in DIR/log and a tail file DIR/tail
// (tail_file.h). Record n of a partition has position n.
//
// One committer thread takes everything that waits, of all partitions, into one write and one sync;
// only then do readers see it. There is no timer: a lone record is synced at once, and what comes
// during a sync shares the next. append() waits while more than a bound is queued, and may be
// called from any thread.
//
// Disk full: append() is answered with an error without effect, what was already handed over with a
// notice of doubt; reading goes on, and appends are taken again when there is room. A log that is
// opened on a full disk, or where nothing may be written, is read only as long as it is open. Any
// other error of a write or a sync ends the process (disk_failure.h). At the end of an EmbeddedLog
// what was handed over is still written. Cursors must be gone before their log.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/log/log.h"

namespace rocksdb {
class FileSystem;
}

namespace ledger::log {

struct EmbeddedOptions {
    // Records kept in memory for readers at the end, all partitions together.
    std::size_t tail_max_bytes = 16 * 1024 * 1024;
    // RocksDB's write buffers, all partitions together; bounds recovery time too.
    std::size_t write_buffers_max_bytes = 64 * 1024 * 1024;
    // Below this much free space (or a 32nd of a small disk) appends are refused.
    std::size_t free_min_bytes = 128 * 1024 * 1024;
    // Instead of the operating system's; tests put faults in.
    std::shared_ptr<rocksdb::FileSystem> file_system;
};

class EmbeddedLog : public Log {
public:
    // Opens the log of an existing ledger folder. Errors say what to do: no ledger there, another
    // process has it, damaged, records lost.
    static Result<std::unique_ptr<EmbeddedLog>> open(const std::string& folder,
                                                     const EmbeddedOptions& options = {});

    // Makes an empty log, or goes on making one; one that has records stays as it is, whatever its
    // number of partitions. The folder above must exist or be creatable.
    static Result<std::unique_ptr<EmbeddedLog>> create(const std::string& folder,
                                                       std::uint32_t partitions,
                                                       const EmbeddedOptions& options = {});
    ~EmbeddedLog() override;

    // Opened on a full disk, or where nothing may be written: every append is refused, whatever
    // becomes of it later. And why.
    bool read_only() const;
    const std::string& why_read_only() const;

    std::uint32_t partitions() const override;
    Result<void> append(PartitionId partition, std::span<const Bytes> records) override;
    void ask_end(PartitionId partition, std::uint64_t token) override;
    void take_notices(std::vector<Notice>& out) override;
    void on_notice(std::function<void()> wake) override;
    Result<Position> end(PartitionId partition) override;
    Result<std::unique_ptr<Cursor>> read(std::span<const ReadFrom> from) override;

    // Copies the log as it is now into `folder`/log, which must not be there, while appends go on.
    // What is appended meanwhile may be in the copy or not. The tail file is not copied: opening
    // the copy makes it. On one disk unchanging files are shared, not copied. Any thread.
    Result<void> copy_to(const std::string& folder) const;

    // What was found and mended at opening, a sentence each: a torn tail that was dropped, a tail
    // file that was missing.
    const std::vector<std::string>& notes() const;

private:
    struct Inside;
    explicit EmbeddedLog(std::unique_ptr<Inside> inside);
    static Result<std::unique_ptr<EmbeddedLog>> start(std::unique_ptr<Inside> inside);

    std::unique_ptr<Inside> inside_;
};

}  // namespace ledger::log
