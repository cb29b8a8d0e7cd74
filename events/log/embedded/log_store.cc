#include "events/log/embedded/log_store.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <thread>

#include "events/limits.h"
#include "events/log/embedded/copy_store.h"
#include "events/log/embedded/disk_failure.h"
#include "events/log/embedded/frame.h"
#include "events/log/embedded/no_space_file_system.h"
#include "events/log/embedded/open_failure.h"
#include "events/log/embedded/open_store.h"
#include "events/log/embedded/wal_tail.h"
#include "events/log/log.h"
#include "events/retry.h"

namespace ledger::log {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFamilyPrefix = "partition-";
constexpr const char* kPartitionsKey = "partitions";
constexpr std::size_t kCacheBytes = 8 * 1024 * 1024;
// Large blocks: the log is read in order, and neighbouring entries share most of their bytes.
constexpr std::size_t kBlockBytes = 64 * 1024;
// What a partition's write buffer takes at a time: small, since there may be 256 partitions.
constexpr std::size_t kArenaBlockBytes = 64 * 1024;
constexpr std::size_t kReadaheadBytes = 1024 * 1024;
// What a recovery reads in no time.
constexpr std::uint64_t kRecoveryMinBytes = 16 * 1024 * 1024;
// On a small disk less is kept free.
constexpr std::uint64_t kSmallDiskShare = 32;
// Another creator holds the lock for milliseconds, a running ledger for ever.
constexpr std::chrono::seconds kCreateLockMaxWait{5};
constexpr std::chrono::milliseconds kCreateLockPause{20};
constexpr std::chrono::milliseconds kCreateLockPauseMax{320};

std::string family_name(std::uint32_t partition) {
    return fmt::format("{}{}", kFamilyPrefix, partition);
}

Error not_made(const std::string& folder) {
    return error(
        fmt::format("the ledger at {} was not completely made: run `benefits create --ledger {}` "
                    "again",
                    folder, folder));
}

// Whether there is something to open at all.
Result<void> look_at_folder(const std::string& folder, const std::string& place) {
    std::error_code failed;
    if (!fs::exists(folder, failed) || (fs::is_directory(folder, failed) && fs::is_empty(folder)))
        return error(
            kLogMissing,
            fmt::format(
                "there is no ledger at {}: make one with `benefits create --ledger {}`, or name "
                "another folder",
                folder, folder));
    if (!fs::is_directory(folder, failed))
        return error(kLogMissing,
                     fmt::format("{} is a file: a ledger is a folder; name one", folder));
    if (!fs::exists(place, failed))
        return error(
            kLogMissing,
            fmt::format("{} is not a ledger's folder, it has no log in it: name the folder that "
                        "`benefits create` made, or make a new one",
                        folder));
    if (!fs::exists(place + "/CURRENT", failed)) {
        if (!fs::exists(folder + "/tail", failed)) return not_made(folder);
        return error(
            kLogDamaged,
            fmt::format(
                "the log at {} is damaged: its file CURRENT is missing; restore it from a backup",
                place));
    }
    return {};
}

}  // namespace

std::string position_key(std::uint64_t position) {
    std::string key;
    put_big_endian(key, position);
    return key;
}

LogStore::LogStore(std::string place, const EmbeddedOptions& options)
    : place_(std::move(place)),
      full_disk_(place_),
      write_buffers_max_bytes_(options.write_buffers_max_bytes),
      free_min_bytes_(options.free_min_bytes),
      env_(rocksdb::NewCompositeEnv(no_space_file_system(
          options.file_system ? options.file_system : rocksdb::FileSystem::Default()))) {
    set_up_store(options_, place_);
    options_.env = env_.get();
    options_.paranoid_checks = true;
    // The default mode stops at the first damaged record and forgets what was synced behind it.
    options_.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    // A cut in any write-ahead log but the newest is found.
    options_.track_and_verify_wals_in_manifest = true;
    // A tool that is started often would leave a small file in each partition each time.
    options_.avoid_flush_during_recovery = true;
    options_.max_bgerror_resume_count = 0;
    options_.listeners.push_back(full_disk_.listener());
    options_.avoid_flush_during_shutdown = true;  // see full_disk.h
    options_.db_write_buffer_size = write_buffers_max_bytes_;
    options_.max_total_wal_size = 2 * write_buffers_max_bytes_;
    options_.allow_concurrent_memtable_write = false;  // one committer; needed for the insert hint
    options_.allow_fallocate = false;                  // a small ledger stays small
    options_.max_open_files = 256;
    options_.max_background_jobs = 2;
    options_.bytes_per_sync = 1024 * 1024;
    options_.skip_stats_update_on_db_open = true;
    options_.stats_dump_period_sec = 0;
    options_.stats_persist_period_sec = 0;

    rocksdb::BlockBasedTableOptions table;
    table.block_size = kBlockBytes;
    table.format_version = 5;
    table.block_cache = rocksdb::NewLRUCache(kCacheBytes);
    table.cache_index_and_filter_blocks = true;
    tables_.reset(rocksdb::NewBlockBasedTableFactory(table));
}

LogStore::~LogStore() {
    if (!db_) return;
    shorten_recovery();
    for (rocksdb::ColumnFamilyHandle* family : families_) db_->DestroyColumnFamilyHandle(family);
    db_->DestroyColumnFamilyHandle(default_family_);
    db_->Close();
}

// The next opening would read the write-ahead log again; a small one is quicker read than flushed.
void LogStore::shorten_recovery() {
    if (read_only_) return;
    std::uint64_t buffered_bytes = 0;
    for (rocksdb::ColumnFamilyHandle* family : families_) {
        std::uint64_t bytes = 0;
        db_->GetIntProperty(family, rocksdb::DB::Properties::kCurSizeAllMemTables, &bytes);
        buffered_bytes += bytes;
    }
    if (buffered_bytes < kRecoveryMinBytes) return;
    // A failure costs the next opening some time and nothing else.
    db_->Flush(rocksdb::FlushOptions(), families_).PermitUncheckedError();
}

rocksdb::ColumnFamilyOptions LogStore::family_options() const {
    rocksdb::ColumnFamilyOptions family;
    family.table_factory = tables_;
    // Measured on entries of 391 bytes (a quarter of them with sealed fields): ZSTD 0.245 of the
    // size and 2.0M records/s scanned, LZ4 0.35 and 2.9M/s. With the write-ahead log that is 1.28
    // and 1.38 bytes written a byte logged.
    family.compression = rocksdb::kZSTD;
    family.compression_opts.level = 1;
    family.write_buffer_size = write_buffers_max_bytes_ / 2;
    family.arena_block_size = kArenaBlockBytes;
    // Every key is the next one: insert beside the last.
    family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
    // Two levels and one compression, so that going down is a change of name.
    family.num_levels = 2;
    family.level_compaction_dynamic_level_bytes = false;
    family.level0_file_num_compaction_trigger = 4;
    family.level0_slowdown_writes_trigger = 1 << 20;
    family.level0_stop_writes_trigger = 1 << 20;
    family.ttl = 0;
    family.periodic_compaction_seconds = 0;
    return family;
}

rocksdb::Status LogStore::open_families() {
    std::vector<std::string> names{rocksdb::kDefaultColumnFamilyName};
    if (fs::exists(place_ + "/CURRENT")) {
        const auto listed = rocksdb::DB::ListColumnFamilies(options_, place_, &names);
        if (!listed.ok()) return listed;
    }
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
        return std::pair(a.size(), a) < std::pair(b.size(), b);  // by number
    });
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
    descriptors.reserve(names.size());
    for (const std::string& name : names) descriptors.emplace_back(name, family_options());
    OpenedStore opened = open_store(options_, place_, descriptors);
    if (!opened.status.ok()) return opened.status;
    db_ = std::move(opened.db);
    read_only_ = opened.read_only;
    why_read_only_ = opened.why_read_only;
    for (rocksdb::ColumnFamilyHandle* handle : opened.families)
        if (handle->GetName() == rocksdb::kDefaultColumnFamilyName)
            default_family_ = handle;
        else
            families_.push_back(handle);
    return opened.status;
}

std::uint32_t LogStore::recorded_partitions() const {
    std::string value;
    const auto got = db_->Get(rocksdb::ReadOptions(), default_family_, kPartitionsKey, &value);
    return got.ok() && value.size() == 4 ? get_big_endian<std::uint32_t>(value) : 0;
}

bool LogStore::has_records() const {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
        const std::unique_ptr<rocksdb::Iterator> any(
            db_->NewIterator(rocksdb::ReadOptions(), family));
        any->SeekToFirst();
        if (any->Valid() || !any->status().ok()) return true;
    }
    return false;
}

Result<std::unique_ptr<LogStore>> LogStore::open(const std::string& folder,
                                                 const EmbeddedOptions& options,
                                                 std::vector<std::string>& notes) {
    std::unique_ptr<LogStore> store(new LogStore(folder + "/log", options));
    const auto looked = look_at_folder(folder, store->place_);
    if (!looked) return looked.error();
    const std::optional<TornTail> torn = find_torn_tail(store->place_);
    const auto opened = store->open_families();
    if (!opened.ok()) return explain_open_failure("log", store->place_, opened);
    if (torn)
        notes.push_back(
            fmt::format("the last {} bytes of {} (from {}) are an unfinished record: it was never "
                        "acknowledged and is dropped",
                        torn->dropped_bytes, torn->file, torn->at_bytes));
    if (store->partitions() == 0 || store->recorded_partitions() != store->partitions())
        return not_made(folder);
    return store;
}

Result<std::unique_ptr<LogStore>> LogStore::create(const std::string& folder,
                                                   std::uint32_t partitions,
                                                   const EmbeddedOptions& options,
                                                   std::vector<std::string>& notes) {
    if (partitions < 1 || partitions > limits::kPartitionsMax)
        return error(fmt::format("a ledger has from 1 to {} partitions, not {}",
                                 limits::kPartitionsMax, partitions));
    std::unique_ptr<LogStore> store(new LogStore(folder + "/log", options));
    std::error_code failed;
    if (fs::exists(folder, failed) && !fs::is_directory(folder, failed))
        return error(kLogMissing,
                     fmt::format("{} is a file: a ledger is a folder; name one", folder));
    fs::create_directories(store->place_, failed);
    if (failed)
        return error(fmt::format("the folder {} can't be made: {}; name another place",
                                 store->place_, failed.message()));
    if (!fs::exists(store->place_ + "/CURRENT") && fs::exists(folder + "/tail"))
        return look_at_folder(folder, store->place_).error();
    store->options_.create_if_missing = true;
    const auto give_up = std::chrono::steady_clock::now() + kCreateLockMaxWait;
    RetryPause pause(Retry::lock, kCreateLockPause, kCreateLockPauseMax);
    auto opened = store->open_families();
    // Another creator may hold the lock, or change files and partitions while we list them.
    while (!opened.ok() && std::chrono::steady_clock::now() < give_up) {
        std::this_thread::sleep_for(pause.next());
        opened = store->open_families();
    }
    if (!opened.ok()) return explain_open_failure("log", store->place_, opened);
    const std::uint32_t recorded = store->recorded_partitions();
    if (recorded == 0 || recorded != store->partitions() || recorded != partitions) {
        if (store->has_records()) {
            if (recorded == store->partitions()) return store;
            return error(
                kLogDamaged,
                fmt::format("the log at {} has records in {} partitions and was made with {}: it "
                            "is damaged; restore it from a backup",
                            store->place_, store->partitions(), recorded));
        }
        const auto made = store->make_partitions(partitions);
        if (!made) return made.error();
        notes.push_back(
            fmt::format("made a log of {} partitions at {}", partitions, store->place_));
    }
    return store;
}

Result<void> LogStore::make_partitions(std::uint32_t partitions) {
    const auto explain = [&](const rocksdb::Status& status) {
        return explain_open_failure("log", place_, status);
    };
    // Leftovers of a creator that died, for another number of partitions: they are empty.
    for (rocksdb::ColumnFamilyHandle* family : families_) {
        const auto dropped = db_->DropColumnFamily(family);
        if (!dropped.ok()) return explain(dropped);
        db_->DestroyColumnFamilyHandle(family);
    }
    families_.clear();
    std::vector<std::string> names;
    for (std::uint32_t partition = 0; partition < partitions; ++partition)
        names.push_back(family_name(partition));
    // In one call: RocksDB writes all its options down after each.
    const auto created = db_->CreateColumnFamilies(family_options(), names, &families_);
    if (!created.ok()) return explain(created);
    std::string value;
    put_big_endian(value, partitions);
    rocksdb::WriteOptions synced;
    synced.sync = true;
    const auto written = db_->Put(synced, default_family_, kPartitionsKey, value);
    if (!written.ok()) return explain(written);
    return {};
}

Result<std::vector<std::uint64_t>> LogStore::ends() const {
    std::vector<std::uint64_t> ends;
    for (std::uint32_t partition = 0; partition < partitions(); ++partition) {
        const std::unique_ptr<rocksdb::Iterator> last(
            db_->NewIterator(rocksdb::ReadOptions(), families_[partition]));
        last->SeekToLast();
        if (!last->status().ok())
            return error(
                kLogDamaged,
                fmt::format("the log of partition {} at {} is damaged: {}; restore it from a "
                            "backup",
                            partition, place_, last->status().ToString()));
        ends.push_back(last->Valid() ? get_big_endian<std::uint64_t>(last->key().ToStringView()) +
                                           frame_size(last->value().ToStringView())
                                     : 0);
    }
    return ends;
}

Result<std::string> LogStore::get(std::uint32_t partition, std::uint64_t position) const {
    const std::unique_ptr<rocksdb::Iterator> row(
        db_->NewIterator(rocksdb::ReadOptions(), families_[partition]));
    row->SeekForPrev(position_key(position));
    if (row->Valid()) {
        const auto first = get_big_endian<std::uint64_t>(row->key().ToStringView());
        const auto frame =
            read_frame(PartitionId{partition}, Position{first}, row->value().ToStringView());
        if (frame && position < frame->end())
            return std::string(text_of(frame->record(position - first)));
    }
    return error(
        kLogDamaged,
        fmt::format(
            "record {} of partition {} at {} can't be read ({}); restore the log from a backup",
            position, partition, place_,
            row->status().ok() ? "it is missing" : row->status().ToString()));
}

void LogStore::put(rocksdb::WriteBatch& batch, const Chunk& chunk) const {
    for (std::size_t from = 0; from < chunk.size();) {
        const std::size_t to = frame_end(chunk, from);
        const std::string key = position_key(chunk.first() + from);
        const std::string header = frame_header(chunk, from, to);
        const std::string_view records = text_of(chunk.records(from, to));
        const rocksdb::Slice key_slice(key);
        const std::array value{rocksdb::Slice(header),
                               rocksdb::Slice(records.data(), records.size())};
        const auto put =
            batch.Put(families_[number(chunk.partition())], rocksdb::SliceParts(&key_slice, 1),
                      rocksdb::SliceParts(value.data(), static_cast<int>(value.size())));
        LEDGER_CHECK(put.ok());
        from = to;
    }
}

bool LogStore::write(rocksdb::WriteBatch& batch) {
    full_disk_.before_write(*db_, default_family_);
    rocksdb::WriteOptions synced;
    synced.sync = true;
    const auto written = db_->Write(synced, &batch);
    if (!written.ok() && !written.IsNoSpace())
        end_process_after_disk_failure(place_, written.ToString());
    return written.ok();
}

bool LogStore::resume() { return full_disk_.resume(*db_); }

bool LogStore::has_room() const {
    std::uint64_t free_bytes = 0;
    const auto told =
        env_->GetFileSystem()->GetFreeSpace(place_, rocksdb::IOOptions(), &free_bytes, nullptr);
    std::error_code failed;
    const fs::space_info disk = fs::space(place_, failed);
    if (!told.ok() || failed) return true;  // then writing will tell
    return free_bytes >= std::min<std::uint64_t>(free_min_bytes_, disk.capacity / kSmallDiskShare);
}

Result<void> LogStore::copy_to(const std::string& folder) const {
    return copy_store(*db_, "log", folder + "/log");
}

std::unique_ptr<rocksdb::Iterator> LogStore::iterate(PartitionId partition) const {
    rocksdb::ReadOptions options;
    options.verify_checksums = true;
    options.fill_cache = false;
    options.readahead_size = kReadaheadBytes;
    return std::unique_ptr<rocksdb::Iterator>(
        db_->NewIterator(options, families_[number(partition)]));
}

}  // namespace ledger::log
