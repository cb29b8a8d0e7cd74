#include "events/log/embedded/embedded_key_store.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <filesystem>
#include <mutex>
#include <shared_mutex>

#include "events/crash_point.h"
#include "events/log/embedded/copy_store.h"
#include "events/log/embedded/full_disk.h"
#include "events/log/embedded/open_failure.h"
#include "events/log/embedded/open_store.h"

namespace ledger::log {
namespace {

// "i" id -> wrapped key; "s" length (4, big-endian) subject id -> nothing.
constexpr char kById = 'i';
constexpr char kBySubject = 's';
constexpr std::size_t kIdBytes = 16;

constexpr std::size_t kKeysCacheBytes = 8 * 1024 * 1024;
constexpr std::size_t kWriteBufferBytes = 4 * 1024 * 1024;
// Small files: destroying a key rewrites the files it is in.
constexpr std::size_t kFileBytes = 2 * 1024 * 1024;
constexpr int kBloomBitsPerKey = 10;

std::string id_bytes(Id128 id) {
    std::string bytes;
    put_big_endian(bytes, id.high);
    put_big_endian(bytes, id.low);
    return bytes;
}

std::string id_key(Id128 id) { return kById + id_bytes(id); }

std::string subject_prefix(std::string_view subject) {
    std::string prefix(1, kBySubject);
    put_big_endian(prefix, static_cast<std::uint32_t>(subject.size()));
    prefix.append(subject);
    return prefix;
}

Id128 id_at_end(std::string_view key) {
    key.remove_prefix(key.size() - kIdBytes);
    return {get_big_endian<std::uint64_t>(key.substr(0, 8)),
            get_big_endian<std::uint64_t>(key.substr(8))};
}

rocksdb::Options store_options(const std::string& place, FullDisk& full_disk) {
    rocksdb::Options options;
    set_up_store(options, place);
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options.track_and_verify_wals_in_manifest = true;
    options.avoid_flush_during_recovery = true;
    options.max_bgerror_resume_count = 0;
    options.listeners.push_back(full_disk.listener());
    options.allow_fallocate = false;
    options.write_buffer_size = kWriteBufferBytes;
    options.target_file_size_base = kFileBytes;
    options.level_compaction_dynamic_level_bytes = false;
    options.compression = rocksdb::kNoCompression;  // keys are random
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(kKeysCacheBytes);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

}  // namespace

struct EmbeddedKeyStore::Inside {
    explicit Inside(std::string the_place) : place(std::move(the_place)), full_disk(place) {}

    std::string place;
    FullDisk full_disk;
    std::unique_ptr<rocksdb::DB> db;
    std::shared_mutex changes;  // puts side by side, destroy alone

    static Result<std::unique_ptr<Inside>> open(const std::string& folder, bool create) {
        auto inside = std::make_unique<Inside>(folder + "/keys");
        rocksdb::Options options = store_options(inside->place, inside->full_disk);
        options.create_if_missing = create;
        if (create) {
            std::error_code failed;
            std::filesystem::create_directories(inside->place, failed);
        } else if (!std::filesystem::exists(inside->place + "/CURRENT")) {
            return error(fmt::format(
                "the key store {} is missing: nothing sealed can be read without it; restore it "
                "from a backup",
                inside->place));
        }
        OpenedStore opened = open_store(options, inside->place);
        if (!opened.status.ok())
            return explain_open_failure("key store", inside->place, opened.status);
        inside->db = std::move(opened.db);
        return inside;
    }

    Error failed(const char* what, const rocksdb::Status& status, Effect effect) const {
        if (status.IsNoSpace())
            return error(fmt::format("the disk of {} is full, a key could not be {}: make room and "
                                     "send it again",
                                     place, what),
                         effect);
        return error(fmt::format("a key could not be {} in {}: {}", what, place, status.ToString()),
                     effect);
    }

    // Synced. Goes on by itself when a full disk has room again.
    rocksdb::Status write(rocksdb::WriteBatch& batch) {
        rocksdb::WriteOptions synced;
        synced.sync = true;
        full_disk.before_write(*db, db->DefaultColumnFamily());
        const auto written = db->Write(synced, &batch);
        if (!written.IsNoSpace() || !full_disk.resume(*db)) return written;
        return db->Write(synced, &batch);
    }

    // Every key of the index that belongs to the subject.
    rocksdb::Status list(std::string_view subject, std::vector<std::string>& index_keys) const {
        const std::string prefix = subject_prefix(subject);
        const std::unique_ptr<rocksdb::Iterator> at(db->NewIterator(rocksdb::ReadOptions()));
        for (at->Seek(prefix); at->Valid() && at->key().starts_with(prefix); at->Next())
            if (at->key().size() == prefix.size() + kIdBytes)
                index_keys.push_back(at->key().ToString());
        return at->status();
    }

    // Drops what the deletions left in files: rewrites the range, then deletes the old files.
    rocksdb::Status scrub(const std::vector<std::string>& keys) {
        auto status = db->Flush(rocksdb::FlushOptions());
        rocksdb::CompactRangeOptions rewrite;
        rewrite.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
        for (const std::string& key : keys) {
            if (!status.ok()) return status;
            const rocksdb::Slice at(key);
            status = db->CompactRange(rewrite, &at, &at);
        }
        if (status.ok()) status = db->DisableFileDeletions();
        if (status.ok()) status = db->EnableFileDeletions();  // deletes now, not some time later
        return status;
    }
};

EmbeddedKeyStore::EmbeddedKeyStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
EmbeddedKeyStore::~EmbeddedKeyStore() = default;

Result<std::unique_ptr<EmbeddedKeyStore>> EmbeddedKeyStore::open(const std::string& folder) {
    auto inside = Inside::open(folder, false);
    if (!inside) return inside.error();
    return std::unique_ptr<EmbeddedKeyStore>(new EmbeddedKeyStore(std::move(*inside)));
}

Result<std::unique_ptr<EmbeddedKeyStore>> EmbeddedKeyStore::create(const std::string& folder) {
    auto inside = Inside::open(folder, true);
    if (!inside) return inside.error();
    return std::unique_ptr<EmbeddedKeyStore>(new EmbeddedKeyStore(std::move(*inside)));
}

Result<std::optional<KeyStore::WrappedKey>> EmbeddedKeyStore::find(std::string_view subject) {
    std::vector<std::string> index_keys;
    const auto listed = inside_->list(subject, index_keys);
    if (!listed.ok()) return inside_->failed("found", listed, Effect::none);
    if (index_keys.empty()) return std::optional<WrappedKey>();
    return find(id_at_end(index_keys.front()));
}

Result<std::optional<KeyStore::WrappedKey>> EmbeddedKeyStore::find(Id128 id) {
    std::string value;
    const auto got = inside_->db->Get(rocksdb::ReadOptions(), id_key(id), &value);
    if (got.IsNotFound()) return std::optional<WrappedKey>();
    if (!got.ok()) return inside_->failed("read", got, Effect::none);
    return std::optional<WrappedKey>(WrappedKey{id, Bytes(value.begin(), value.end())});
}

Result<void> EmbeddedKeyStore::put(std::string_view subject, const WrappedKey& key) {
    rocksdb::WriteBatch batch;
    const std::string_view wrapped = text_of(key.wrapped);
    batch.Put(id_key(key.id), rocksdb::Slice(wrapped.data(), wrapped.size()));
    batch.Put(subject_prefix(subject) + id_bytes(key.id), rocksdb::Slice());
    const std::shared_lock lock(inside_->changes);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("stored", written, Effect::unknown);
    LEDGER_CRASH_POINT(key_stored);
    return {};
}

Result<void> EmbeddedKeyStore::each(const Visit& visit) {
    const std::unique_ptr<rocksdb::Iterator> rows(inside_->db->NewIterator(rocksdb::ReadOptions()));
    const rocksdb::Slice subjects(&kBySubject, 1);
    constexpr std::size_t kLengthBytes = sizeof(std::uint32_t);
    for (rows->Seek(subjects); rows->Valid() && rows->key().starts_with(subjects); rows->Next()) {
        const std::string key = rows->key().ToString();
        if (key.size() < 1 + kLengthBytes + kIdBytes)
            return error(fmt::format("the key store {} is damaged: restore it from a backup",
                                     inside_->place));
        const auto found = find(id_at_end(key));
        if (!found) return found.error();
        if (!*found) continue;
        const std::string_view subject = std::string_view(key).substr(
            1 + kLengthBytes, key.size() - 1 - kLengthBytes - kIdBytes);
        if (const auto visited = visit(subject, **found); !visited) return visited;
    }
    if (!rows->status().ok()) return inside_->failed("read", rows->status(), Effect::none);
    return {};
}

Result<void> EmbeddedKeyStore::copy_to(const std::string& folder) const {
    const std::lock_guard lock(inside_->changes);
    return copy_store(*inside_->db, "key store", folder + "/keys");
}

Result<void> EmbeddedKeyStore::destroy(std::string_view subject) {
    const std::lock_guard lock(inside_->changes);
    std::vector<std::string> keys;
    const auto listed = inside_->list(subject, keys);
    if (!listed.ok()) return inside_->failed("found", listed, Effect::none);
    if (keys.empty()) return {};
    const std::size_t subjects = keys.size();
    for (std::size_t i = 0; i < subjects; ++i) keys.push_back(id_key(id_at_end(keys[i])));
    rocksdb::WriteBatch batch;
    for (const std::string& key : keys) batch.Delete(key);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("destroyed", written, Effect::unknown);
    const auto scrubbed = inside_->scrub(keys);
    if (!scrubbed.ok()) return inside_->failed("scrubbed", scrubbed, Effect::unknown);
    return {};
}

}  // namespace ledger::log
