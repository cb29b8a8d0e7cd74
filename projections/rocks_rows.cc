#include "projections/rocks_rows.h"

#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "events/crash_point.h"
#include "events/log/embedded/copy_store.h"
#include "events/log/embedded/open_store.h"
#include "events/printable.h"

namespace ledger::views {
namespace {

constexpr std::array kFamilyNames = {"history", "partners", "receipts", "lookups", "meta"};
constexpr std::size_t kBlockBytes = 16 * 1024;
constexpr std::size_t kBlockCacheBytes = 64 * 1024 * 1024;
constexpr std::size_t kMemtableBytes = 64 * 1024 * 1024;
constexpr int kBloomBitsPerKey = 10;
constexpr std::size_t kBatchRowBytes = 16;  // what a write batch adds to a row, at most

// An empty view may have no address, which memcmp doesn't take.
rocksdb::Slice slice(std::string_view text) {
    return text.empty() ? rocksdb::Slice() : rocksdb::Slice(text.data(), text.size());
}

// The part of a history or receipt key up to the partner's end: two bytes of partition, the
// partner, a zero byte.
class PartnerPrefix : public rocksdb::SliceTransform {
public:
    const char* Name() const override { return "ledger.PartnerPrefix"; }
    rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
        return {key.data(), length(key)};
    }
    bool InDomain(const rocksdb::Slice& key) const override { return length(key) > 0; }

private:
    static std::size_t length(const rocksdb::Slice& key) {
        const std::size_t end = std::string_view(key.data(), key.size()).find('\0', 2);
        return key.size() < 3 || end == std::string_view::npos ? 0 : end + 1;
    }
};

// RocksDB must not go on after a background error: what it could not write is in the log, and a new
// process reads it.
class EndOnError : public rocksdb::EventListener {
public:
    void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
        if (status->IsNoSpace()) return;
        std::fprintf(stderr,
                     "the views could not be written (%s); the process ends, start it again: "
                     "nothing is lost\n",
                     printable(status->ToString()).c_str());
        std::abort();
    }
};

rocksdb::DBOptions options_of_all(const std::string& directory) {
    rocksdb::DBOptions options;
    log::set_up_store(options, directory);
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.atomic_flush = true;
    options.max_bgerror_resume_count = 0;
    options.max_open_files = 256;
    options.max_background_jobs = 2;
    options.listeners.push_back(std::make_shared<EndOnError>());
    return options;
}

rocksdb::ColumnFamilyOptions options_of(Family family,
                                        const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::ColumnFamilyOptions options;
    options.write_buffer_size = kMemtableBytes;
    options.compression = rocksdb::kLZ4Compression;
    // Bloom filters make many small files cheap to read; merging them less often writes less.
    options.level0_file_num_compaction_trigger = 8;
    rocksdb::BlockBasedTableOptions table;
    table.block_size = kBlockBytes;
    table.block_cache = cache;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
    if (family == Family::history || family == Family::receipts) {
        options.prefix_extractor = std::make_shared<PartnerPrefix>();
        options.memtable_prefix_bloom_size_ratio = 0.05;
        // The place of a partner's last row is near the place of its next one.
        options.memtable_insert_with_hint_prefix_extractor = options.prefix_extractor;
    }
    if (family == Family::receipts || family == Family::partners) {
        options.memtable_prefix_bloom_size_ratio = 0.05;
        options.memtable_whole_key_filtering = true;
    }
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

Error failed(const std::string& what, const rocksdb::Status& status) {
    if (status.IsNoSpace())
        return error(what + ": the disk is full; make room, it goes on by itself");
    return error(what + ": " + status.ToString());
}

}  // namespace

struct RocksRows::Inside {
    std::unique_ptr<rocksdb::DB> db;
    bool read_only = false;
    std::string why_read_only;
    std::vector<rocksdb::ColumnFamilyHandle*> families;
    // RocksDB before 8.1 leaves a family out of an atomic flush that gets its first row meanwhile,
    // and a copy flushes.
    std::mutex writing;

    rocksdb::ColumnFamilyHandle* of(Family family) const {
        return families[static_cast<std::size_t>(family)];
    }
};

Result<std::unique_ptr<RocksRows>> RocksRows::open(const std::string& directory) {
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored);
    if (!std::filesystem::exists(directory, ignored))
        return error("the folder of the views " + directory +
                     " can't be made: see to the rights of the folder it is in");
    const auto cache = rocksdb::NewLRUCache(kBlockCacheBytes);
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors{
        {rocksdb::kDefaultColumnFamilyName, {}}};
    for (std::size_t i = 0; i < kFamilyNames.size(); ++i)
        descriptors.emplace_back(kFamilyNames[i], options_of(static_cast<Family>(i), cache));
    log::OpenedStore opened = log::open_store(options_of_all(directory), directory, descriptors);
    const rocksdb::Status& status = opened.status;
    if (!status.ok()) {
        if (status.IsIOError() && status.ToString().find("lock") != std::string::npos)
            return error("another process has the views in " + directory +
                         " open; stop it first, or give this one a --ledger folder of its own");
        if (status.IsCorruption())
            return error("the views in " + directory + " are damaged (" + status.ToString() +
                         "); run 'benefits rebuild': they are made again from the log");
        if (status.IsNoSpace())
            return error("the disk of " + directory +
                         " is full, the views can't be opened: make room and start again");
        return error("the views in " + directory + " can't be opened: " + status.ToString());
    }
    auto inside = std::make_unique<Inside>();
    inside->db = std::move(opened.db);
    inside->read_only = opened.read_only;
    inside->why_read_only = opened.why_read_only;
    inside->db->DestroyColumnFamilyHandle(opened.families.front());
    opened.families.erase(opened.families.begin());
    inside->families = std::move(opened.families);
    return std::unique_ptr<RocksRows>(new RocksRows(std::move(inside)));
}

RocksRows::RocksRows(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

RocksRows::~RocksRows() {
    for (auto* family : inside_->families) inside_->db->DestroyColumnFamilyHandle(family);
    inside_->db->Close();
}

bool RocksRows::read_only() const { return inside_->read_only; }

const std::string& RocksRows::why_read_only() const { return inside_->why_read_only; }

namespace {

class RocksSnapshot : public Snapshot {
public:
    RocksSnapshot(rocksdb::DB& db, const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                  bool moves)
        : db_(db), families_(families), held_(moves ? db.GetSnapshot() : nullptr) {}
    ~RocksSnapshot() override {
        if (held_) db_.ReleaseSnapshot(held_);
    }
    RocksSnapshot(const RocksSnapshot&) = delete;
    RocksSnapshot& operator=(const RocksSnapshot&) = delete;

    Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
    Result<void> scan(Family family, std::string_view prefix, const Visit& visit) const override;
    Result<std::vector<bool>> have(Family family,
                                   std::span<const std::string_view> keys) const override;

private:
    rocksdb::ReadOptions options() const {
        rocksdb::ReadOptions options;
        options.snapshot = held_;
        return options;
    }
    rocksdb::ColumnFamilyHandle* of(Family family) const {
        return families_[static_cast<std::size_t>(family)];
    }

    rocksdb::DB& db_;
    const std::vector<rocksdb::ColumnFamilyHandle*>& families_;
    const rocksdb::Snapshot* held_;  // null: nothing moves
};

Result<std::optional<std::string>> RocksSnapshot::get(Family family, std::string_view key) const {
    rocksdb::PinnableSlice value;
    const auto status = db_.Get(options(), of(family), slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>{};
    if (!status.ok()) return failed("the views can't be read", status);
    return std::optional<std::string>(value.ToString());
}

Result<void> RocksSnapshot::scan(Family family, std::string_view prefix, const Visit& visit) const {
    rocksdb::ReadOptions options = this->options();
    const bool one_partner = family == Family::history && prefix.size() > 2;
    options.prefix_same_as_start = one_partner;
    options.total_order_seek = !one_partner;
    const std::unique_ptr<rocksdb::Iterator> rows(db_.NewIterator(options, of(family)));
    for (rows->Seek(slice(prefix)); rows->Valid() && rows->key().starts_with(slice(prefix));
         rows->Next())
        if (!visit(rows->key().ToStringView(), rows->value().ToStringView())) return {};
    if (!rows->status().ok()) return failed("the views can't be read", rows->status());
    return {};
}

Result<std::vector<bool>> RocksSnapshot::have(Family family,
                                              std::span<const std::string_view> keys) const {
    std::vector<rocksdb::Slice> slices;
    slices.reserve(keys.size());
    for (const std::string_view key : keys) slices.push_back(slice(key));
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_.MultiGet(options(), of(family), keys.size(), slices.data(), values.data(), statuses.data(),
                 true);
    std::vector<bool> found;
    found.reserve(keys.size());
    for (const rocksdb::Status& status : statuses) {
        if (!status.ok() && !status.IsNotFound()) return failed("the views can't be read", status);
        found.push_back(status.ok());
    }
    return found;
}

}  // namespace

std::unique_ptr<const Snapshot> RocksRows::snapshot() const {
    return std::make_unique<const RocksSnapshot>(*inside_->db, inside_->families,
                                                 !inside_->read_only);
}

Result<void> RocksRows::write(const RowBatch& rows) {
    // Counters that nobody reads cost a tenth of a write. The level is the thread's own.
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
    // In order of keys, so that one place in a memtable leads to the next: a tenth more a second.
    std::vector<Row> sorted;
    sorted.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) sorted.push_back(rows.row(i));
    std::stable_sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) {
        return a.family != b.family ? a.family < b.family : a.key < b.key;
    });
    rocksdb::WriteBatch batch(rows.bytes() + rows.size() * kBatchRowBytes);
    for (const Row& row : sorted) {
        rocksdb::ColumnFamilyHandle* const family = inside_->of(row.family);
        const auto status = row.erased ? batch.Delete(family, slice(row.key))
                                       : batch.Put(family, slice(row.key), slice(row.value));
        if (!status.ok()) return failed("the views can't be written", status);
    }
    rocksdb::WriteOptions options;
    options.disableWAL = true;
    LEDGER_CRASH_POINT(before_view_batch);
    const std::lock_guard lock(inside_->writing);
    const auto status = inside_->db->Write(options, &batch);
    if (!status.ok()) return failed("the views can't be written", status);
    LEDGER_CRASH_POINT(after_view_batch);
    return {};
}

Result<void> RocksRows::flush() {
    const auto status = inside_->db->Flush({}, inside_->families);
    if (!status.ok()) return failed("the views can't be written", status);
    return {};
}

Result<void> RocksRows::add_sorted(Family family, std::span<const Row> rows) {
    if (rows.empty()) return {};
    const std::string path = inside_->db->GetName() + "/run";
    rocksdb::SstFileWriter file(rocksdb::EnvOptions(), inside_->db->GetOptions(inside_->of(family)),
                                inside_->of(family));
    auto status = file.Open(path);
    for (const Row& row : rows)
        if (status.ok())
            status = row.erased ? file.Delete(slice(row.key))
                                : file.Put(slice(row.key), slice(row.value));
    if (status.ok()) status = file.Finish();
    rocksdb::IngestExternalFileOptions options;
    options.move_files = true;
    options.snapshot_consistency = false;  // nobody reads yet
    options.write_global_seqno = false;
    if (status.ok()) status = inside_->db->IngestExternalFile(inside_->of(family), {path}, options);
    if (!status.ok()) return failed("the views can't be written", status);
    return {};
}

Result<std::uint64_t> RocksRows::compare(const RocksRows& theirs, Family family,
                                         const OnDifference& on_difference) const {
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    options.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> a(
        inside_->db->NewIterator(options, inside_->of(family)));
    const std::unique_ptr<rocksdb::Iterator> b(
        theirs.inside_->db->NewIterator(options, theirs.inside_->of(family)));
    std::uint64_t looked_at = 0;
    a->SeekToFirst();
    b->SeekToFirst();
    for (; a->Valid() || b->Valid(); ++looked_at) {
        const int order = !b->Valid() ? -1 : !a->Valid() ? 1 : a->key().compare(b->key());
        if (order < 0) {
            on_difference(a->key().ToStringView(), a->value().ToStringView(), std::nullopt);
        } else if (order > 0) {
            on_difference(b->key().ToStringView(), std::nullopt, b->value().ToStringView());
        } else if (a->value() != b->value()) {
            on_difference(a->key().ToStringView(), a->value().ToStringView(),
                          b->value().ToStringView());
        }
        if (order <= 0) a->Next();
        if (order >= 0) b->Next();
    }
    if (!a->status().ok()) return failed("the views can't be read", a->status());
    if (!b->status().ok()) return failed("the views can't be read", b->status());
    return looked_at;
}

Result<void> RocksRows::copy_to(const std::string& directory) {
    const std::lock_guard lock(inside_->writing);
    if (const auto flushed = flush(); !flushed) return flushed;
    return log::copy_store(*inside_->db, "views", directory);
}

}  // namespace ledger::views
