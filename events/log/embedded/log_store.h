// The embedded log's store: one family a partition, key = position of the first record
// (big-endian), value = some records in a row (frame.h); the unnamed family holds the number of
// partitions. The sentences of errors, and what happens when the disk is full, are dealt with here;
// order and visibility by the committer.
//
// Keys only grow, so a byte is written once to the write-ahead log and once, compressed, to a
// sorted file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "events/ids.h"
#include "events/log/embedded/chunk.h"
#include "events/log/embedded/embedded_log.h"
#include "events/result.h"
#include "events/store/store.h"

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
    bool read_only() const { return store_->read_only(); }
    const std::string& why_read_only() const { return store_->why_read_only(); }
    std::uint32_t partitions() const { return static_cast<std::uint32_t>(store_->family_count()); }
    // One past the last record of each partition, as stored.
    Result<std::vector<std::uint64_t>> ends() const;
    // Nothing when there is no such record.
    Result<std::string> get(std::uint32_t partition, std::uint64_t position) const;

    store::Batch batch() const { return store::Batch(*store_); }
    static void put(store::Batch& batch, const Chunk& chunk);
    // True when it is synced, false when the disk is full. Otherwise the process ends.
    bool write(const store::Batch& batch);
    // After a full disk: true when writes will be taken again.
    bool resume();
    // Whether the disk has as much free space as is kept for what is on its way.
    bool has_room() const;

    std::unique_ptr<store::Cursor> iterate(PartitionId partition) const;

    // See EmbeddedLog::copy_to.
    Result<void> copy_to(const std::string& folder) const;

    const std::string& place() const { return place_; }

private:
    LogStore(std::string place, const EmbeddedOptions& options);
    store::Status open_store(bool create);
    Result<void> make_partitions(std::uint32_t partitions);
    bool has_records() const;
    std::uint32_t recorded_partitions() const;

    std::string place_;  // DIR/log
    store::Settings settings_;
    const std::size_t free_min_bytes_;
    std::unique_ptr<store::Store> store_;  // null until it is open
};

std::string position_key(std::uint64_t position);

}  // namespace ledger::log
