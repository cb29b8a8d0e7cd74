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
#include "events/log/embedded/keys_tail.h"
#include "events/log/embedded/open_failure.h"
#include "events/log/embedded/open_store.h"

namespace ledger::log {
namespace {

// "i" id -> wrapped key; "s" length (4, big-endian) subject id -> nothing; "d" id -> nothing: it
// was destroyed; "l" -> ledger id; "n" -> the newest change: "i" or "d", id.
constexpr char kById = 'i';
constexpr char kBySubject = 's';
constexpr char kDestroyed = 'd';
constexpr char kLedger = 'l';
constexpr char kNewest = 'n';
constexpr std::size_t kIdBytes = 16;

constexpr std::size_t kKeysCacheBytes = 8 * 1024 * 1024;
constexpr std::size_t kWriteBufferBytes = 4 * 1024 * 1024;
// Small files: destroying a key rewrites the files it is in.
constexpr std::size_t kFileBytes = 2 * 1024 * 1024;
constexpr int kBloomBitsPerKey = 10;

std::string id_bytes(Id128 id) {
    std::string bytes;
    put_big_endian(bytes, id);
    return bytes;
}

std::string id_key(Id128 id) { return kById + id_bytes(id); }
std::string destroyed_key(Id128 id) { return kDestroyed + id_bytes(id); }

std::string subject_prefix(std::string_view subject) {
    std::string prefix(1, kBySubject);
    put_big_endian(prefix, static_cast<std::uint32_t>(subject.size()));
    prefix.append(subject);
    return prefix;
}

Id128 id_at_end(std::string_view key) { return get_id(key.substr(key.size() - kIdBytes)); }

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
    Inside(const std::string& folder, Id128 the_ledger)
        : place(folder + "/keys"), ledger(the_ledger), full_disk(place), tail(folder) {}

    std::string place;
    Id128 ledger;
    FullDisk full_disk;
    KeysTail tail;
    std::unique_ptr<rocksdb::DB> db;  // null: there is none to be opened, see `doubt`
    std::shared_mutex changes;        // puts side by side, destroy alone
    std::vector<std::string> notes;
    mutable std::mutex mutex;  // of what follows, and of the tail file
    std::optional<Error> doubt;
    std::optional<KeyChange> newest;

    Result<void> open_db(bool create) {
        rocksdb::Options options = store_options(place, full_disk);
        options.create_if_missing = create;
        if (create) {
            std::error_code failed;
            std::filesystem::create_directories(place, failed);
        } else if (!std::filesystem::exists(place + "/CURRENT")) {
            doubt = doubted(kKeysMissing, fmt::format("the key store {} is missing", place));
            return {};
        }
        OpenedStore opened = open_store(options, place);
        if (opened.status.ok()) {
            db = std::move(opened.db);
            return {};
        }
        auto why = explain_open_failure("key store", place, opened.status);
        if (create || is_locked(opened.status) || opened.status.IsNoSpace()) return why;
        doubt = doubted(kKeysDamaged, why.message);
        return {};
    }

    static Error doubted(ErrorCode code, const std::string& what) {
        return error(code, what +
                               "; what is sealed may not open, and nothing is written: put the "
                               "newest copy of this ledger's key store back");
    }

    Result<std::optional<std::string>> get(const std::string& key) const {
        std::string value;
        const auto got =
            db ? db->Get(rocksdb::ReadOptions(), key, &value) : rocksdb::Status::NotFound();
        if (got.IsNotFound()) return std::optional<std::string>();
        if (!got.ok()) return failed("read", got, Effect::none);
        return std::optional<std::string>(std::move(value));
    }

    // Whether the change was made here, or a destruction since.
    Result<bool> has(const KeyChange& change) const {
        const auto destroyed = get(destroyed_key(change.key));
        if (!destroyed) return destroyed.error();
        if (*destroyed || change.destroyed) return destroyed->has_value();
        const auto key = get(id_key(change.key));
        if (!key) return key.error();
        return key->has_value();
    }

    // Whether there is a row that begins so.
    bool has_any(char kind) const {
        const rocksdb::Slice prefix(&kind, 1);
        const std::unique_ptr<rocksdb::Iterator> at(db->NewIterator(rocksdb::ReadOptions()));
        at->Seek(prefix);
        return at->Valid() && at->key().starts_with(prefix);
    }

    Result<std::optional<KeyChange>> read_newest() const {
        const auto row = get({kNewest});
        if (!row) return row.error();
        if (!*row || (*row)->size() != 1 + kIdBytes) return std::optional<KeyChange>();
        return std::optional<KeyChange>(
            KeyChange{id_at_end(**row), (**row)[0] == kDestroyed, db->GetLatestSequenceNumber()});
    }

    // After a change: what stands newest in the store is told to its witness.
    void bear_witness() {
        const std::lock_guard lock(mutex);
        const auto now = read_newest();
        if (!now || !*now) return;
        newest = *now;
        tail.write(ledger, **now);
    }

    Result<void> take_over();
    Result<void> compare();

    Error failed(const char* what, const rocksdb::Status& status, Effect effect) const {
        if (status.IsNoSpace())
            return Error{fmt::format("the disk of {} is full, a key could not be {}: make room "
                                     "and send it again",
                                     place, what),
                         effect,
                         true,
                         false,
                         kDiskFull,
                         {}};
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

// Makes the store this ledger's, unless it is or holds keys of another one.
Result<void> EmbeddedKeyStore::Inside::take_over() {
    const auto whose = get({kLedger});
    if (!whose) return whose.error();
    if (*whose && **whose == id_bytes(ledger)) return {};
    if (has_any(kById) || has_any(kDestroyed))
        return error(
            kKeysOfAnotherLedger,
            fmt::format("the key store {} holds keys of another ledger; name another folder, or "
                        "put it away",
                        place));
    rocksdb::WriteBatch batch;
    batch.Put({&kLedger, 1}, id_bytes(ledger));
    const auto written = write(batch);
    if (!written.ok()) return failed("stored", written, Effect::unknown);
    return {};
}

// Whether it is the store that others have seen.
Result<void> EmbeddedKeyStore::Inside::compare() {
    if (!db) return {};
    const auto whose = get({kLedger});
    if (!whose) return whose.error();
    if (!*whose || **whose != id_bytes(ledger)) {
        doubt =
            doubted(kKeysOfAnotherLedger,
                    fmt::format("the key store {} is not that of ledger {}, which the log is of",
                                place, to_hex(ledger)));
        return {};
    }
    const auto now = read_newest();
    if (!now) return now.error();
    newest = *now;
    KeyChange said;
    const auto found = tail.read(ledger, said);
    if (found == KeysTail::Found::ours) {
        const auto there = has(said);
        if (!there) return there.error();
        if (*there) return {};
        doubt = doubted(
            kKeysOlder,
            fmt::format("the key store {} lacks its newest change, {} of key {}: it is an older "
                        "copy, or keys were lost",
                        place, said.destroyed ? "the destruction" : "the storing",
                        to_hex(said.key)));
        doubt->message += ", or remove " + tail.path() + " to go on without what it lacks";
        return {};
    }
    if (!newest) return {};  // nothing was ever stored, and nothing witnessed
    notes.push_back(fmt::format(
        "the key store's witness {} was {}; it was written again from the store", tail.path(),
        found == KeysTail::Found::none      ? "missing"
        : found == KeysTail::Found::damaged ? "damaged"
                                            : "another ledger's"));
    tail.write(ledger, *newest);
    return {};
}

EmbeddedKeyStore::EmbeddedKeyStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
EmbeddedKeyStore::~EmbeddedKeyStore() = default;

Result<std::unique_ptr<EmbeddedKeyStore>> EmbeddedKeyStore::open(const std::string& folder,
                                                                 Id128 ledger) {
    auto inside = std::make_unique<Inside>(folder, ledger);
    if (const auto opened = inside->open_db(false); !opened) return opened.error();
    if (const auto compared = inside->compare(); !compared) return compared.error();
    return std::unique_ptr<EmbeddedKeyStore>(new EmbeddedKeyStore(std::move(inside)));
}

Result<std::unique_ptr<EmbeddedKeyStore>> EmbeddedKeyStore::create(const std::string& folder,
                                                                   Id128 ledger) {
    auto inside = std::make_unique<Inside>(folder, ledger);
    if (const auto opened = inside->open_db(true); !opened) return opened.error();
    if (const auto taken = inside->take_over(); !taken) return taken.error();
    if (const auto compared = inside->compare(); !compared) return compared.error();
    return std::unique_ptr<EmbeddedKeyStore>(new EmbeddedKeyStore(std::move(inside)));
}

const std::vector<std::string>& EmbeddedKeyStore::notes() const { return inside_->notes; }

std::optional<Error> EmbeddedKeyStore::doubt() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->doubt;
}

void EmbeddedKeyStore::cast_doubt(const Error& why) {
    const std::lock_guard lock(inside_->mutex);
    if (!inside_->doubt) inside_->doubt = why;
}

std::optional<KeyChange> EmbeddedKeyStore::newest() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->newest;
}

Result<bool> EmbeddedKeyStore::has(const KeyChange& change) { return inside_->has(change); }

Result<std::optional<KeyStore::WrappedKey>> EmbeddedKeyStore::find(std::string_view subject) {
    if (!inside_->db) return std::optional<WrappedKey>();
    std::vector<std::string> index_keys;
    const auto listed = inside_->list(subject, index_keys);
    if (!listed.ok()) return inside_->failed("found", listed, Effect::none);
    if (index_keys.empty()) return std::optional<WrappedKey>();
    return find(id_at_end(index_keys.front()));
}

Result<std::optional<KeyStore::WrappedKey>> EmbeddedKeyStore::find(Id128 id) {
    const auto row = inside_->get(id_key(id));
    if (!row) return row.error();
    if (!*row) return std::optional<WrappedKey>();
    return std::optional<WrappedKey>(WrappedKey{id, Bytes((*row)->begin(), (*row)->end())});
}

Result<bool> EmbeddedKeyStore::was_destroyed(Id128 id) {
    const auto row = inside_->get(destroyed_key(id));
    if (!row) return row.error();
    return row->has_value();
}

Result<void> EmbeddedKeyStore::put(std::string_view subject, const WrappedKey& key) {
    if (const auto why = doubt()) return *why;
    rocksdb::WriteBatch batch;
    const std::string_view wrapped = text_of(key.wrapped);
    batch.Put(id_key(key.id), rocksdb::Slice(wrapped.data(), wrapped.size()));
    batch.Put(subject_prefix(subject) + id_bytes(key.id), rocksdb::Slice());
    batch.Put({&kNewest, 1}, id_key(key.id));
    const std::shared_lock lock(inside_->changes);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("stored", written, Effect::unknown);
    inside_->bear_witness();
    LEDGER_CRASH_POINT(key_stored);
    return {};
}

Result<void> EmbeddedKeyStore::put_destroyed(Id128 id) {
    if (const auto why = doubt()) return *why;
    rocksdb::WriteBatch batch;
    batch.Put(destroyed_key(id), rocksdb::Slice());
    batch.Put({&kNewest, 1}, destroyed_key(id));
    const std::shared_lock lock(inside_->changes);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("stored", written, Effect::unknown);
    inside_->bear_witness();
    return {};
}

Result<void> EmbeddedKeyStore::each_destroyed(const VisitDestroyed& visit) {
    if (!inside_->db) return {};
    const std::unique_ptr<rocksdb::Iterator> rows(inside_->db->NewIterator(rocksdb::ReadOptions()));
    const rocksdb::Slice destroyed(&kDestroyed, 1);
    for (rows->Seek(destroyed); rows->Valid() && rows->key().starts_with(destroyed); rows->Next()) {
        if (rows->key().size() != 1 + kIdBytes) continue;
        if (const auto visited = visit(id_at_end(rows->key().ToStringView())); !visited)
            return visited;
    }
    if (!rows->status().ok()) return inside_->failed("read", rows->status(), Effect::none);
    return {};
}

Result<void> EmbeddedKeyStore::each(const Visit& visit) {
    if (!inside_->db) return {};
    const std::unique_ptr<rocksdb::Iterator> rows(inside_->db->NewIterator(rocksdb::ReadOptions()));
    const rocksdb::Slice subjects(&kBySubject, 1);
    constexpr std::size_t kLengthBytes = sizeof(std::uint32_t);
    for (rows->Seek(subjects); rows->Valid() && rows->key().starts_with(subjects); rows->Next()) {
        const std::string key = rows->key().ToString();
        if (key.size() < 1 + kLengthBytes + kIdBytes)
            return error(kKeysDamaged,
                         fmt::format("the key store {} is damaged: restore it from a backup",
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
    if (!inside_->db) return doubt().value_or(error(kKeysMissing, "there is no key store"));
    const std::lock_guard lock(inside_->changes);
    return copy_store(*inside_->db, "key store", folder + "/keys");
}

Result<void> EmbeddedKeyStore::destroy(std::string_view subject) {
    if (const auto why = doubt()) return *why;
    const std::lock_guard lock(inside_->changes);
    std::vector<std::string> keys;
    const auto listed = inside_->list(subject, keys);
    if (!listed.ok()) return inside_->failed("found", listed, Effect::none);
    if (keys.empty()) return {};
    rocksdb::WriteBatch batch;
    const std::size_t subjects = keys.size();
    for (std::size_t i = 0; i < subjects; ++i) {
        const Id128 id = id_at_end(keys[i]);
        keys.push_back(id_key(id));
        batch.Put(destroyed_key(id), rocksdb::Slice());
        batch.Put({&kNewest, 1}, destroyed_key(id));
    }
    for (const std::string& key : keys) batch.Delete(key);
    const auto written = inside_->write(batch);
    if (!written.ok()) return inside_->failed("destroyed", written, Effect::unknown);
    inside_->bear_witness();
    const auto scrubbed = inside_->scrub(keys);
    if (!scrubbed.ok()) return inside_->failed("scrubbed", scrubbed, Effect::unknown);
    return {};
}

}  // namespace ledger::log
