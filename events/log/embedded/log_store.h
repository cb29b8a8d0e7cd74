// The embedded log's RocksDB: one column family a partition, key = position of the first record
// (big-endian), value = some records in a row (frame.h); the default column family holds the number
// of partitions. Options, errors in words, and what happens when the disk is full stand here; order
// and visibility are the committer's.
//
// Keys only grow, so sorted files never overlap: compaction moves them down by name and rewrites
// nothing. A byte is written once to the write-ahead log and once, compressed, to a sorted file.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <memory>
#include <string>
#include <vector>

#include "events/ids.h"
#include "events/log/embedded/chunk.h"
#include "events/log/embedded/embedded_log.h"
#include "events/log/embedded/full_disk.h"
#include "events/result.h"

namespace ledger::log {

class LogStore {
public:
    // `folder` is the ledger's. `notes` gets what was found on the way.
    static Result<std::unique_ptr<LogStore>> open(const std::string& folder,
                                                  const EmbeddedOptions& options,
                                                  std::vector<std::string>& notes);
    static Result<std::unique_ptr<LogStore>> create(const std::string& folder,
                                                    std::uint32_t partitions,
                                                    const EmbeddedOptions& options,
                                                    std::vector<std::string>& notes);
    ~LogStore();

    // The disk had no room for opening it otherwise: it can be read and stays as it is.
    bool read_only() const { return read_only_; }
    const std::string& why_read_only() const { return why_read_only_; }
    std::uint32_t partitions() const { return static_cast<std::uint32_t>(families_.size()); }
    // One past the last record of each partition, as stored.
    Result<std::vector<std::uint64_t>> ends() const;
    // Nothing when there is no such record.
    Result<std::string> get(std::uint32_t partition, std::uint64_t position) const;

    void put(rocksdb::WriteBatch& batch, const Chunk& chunk) const;
    // True when it is synced, false when the disk is full. Otherwise the process ends.
    bool write(rocksdb::WriteBatch& batch);
    // After a full disk: true when writes will be taken again.
    bool resume();
    // Whether the disk has as much free space as is kept for what is on its way.
    bool has_room() const;

    std::unique_ptr<rocksdb::Iterator> iterate(PartitionId partition) const;

    // See EmbeddedLog::copy_to.
    Result<void> copy_to(const std::string& folder) const;

    const std::string& place() const { return place_; }

private:
    LogStore(std::string place, const EmbeddedOptions& options);
    rocksdb::Status open_families();
    Result<void> make_partitions(std::uint32_t partitions);
    bool has_records() const;
    std::uint32_t recorded_partitions() const;
    void shorten_recovery();
    rocksdb::ColumnFamilyOptions family_options() const;

    std::string place_;  // DIR/log
    FullDisk full_disk_;
    const std::size_t write_buffers_max_bytes_;
    const std::size_t free_min_bytes_;
    std::unique_ptr<rocksdb::Env> env_;
    rocksdb::DBOptions options_;
    std::shared_ptr<rocksdb::TableFactory> tables_;
    std::unique_ptr<rocksdb::DB> db_;
    bool read_only_ = false;
    std::string why_read_only_;
    rocksdb::ColumnFamilyHandle* default_family_ = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> families_;  // by partition; closed in the destructor
};

std::string position_key(std::uint64_t position);

}  // namespace ledger::log
