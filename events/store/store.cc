#include "events/store/store.h"

#include <rocksdb/db.h>
#include <rocksdb/file_system.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/utilities/checkpoint.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "events/store/full_disk.h"
#include "events/store/no_space_file_system.h"
#include "events/store/open_store.h"
#include "events/store/status_of.h"
#include "events/store/tuning.h"

namespace ledger::store {
namespace {

constexpr std::size_t kReadaheadBytes = 1024 * 1024;
// Whoever has the store open may clear files away while a glance opens them: then it looks again.
constexpr int kGlancesMax = 8;

// An empty view may have no address, which memcmp doesn't take.
rocksdb::Slice slice(std::string_view text) {
    return text.empty() ? rocksdb::Slice() : rocksdb::Slice(text.data(), text.size());
}

class HeldSnapshot : public Held {
public:
    explicit HeldSnapshot(rocksdb::DB& db) : db_(db), snapshot_(db.GetSnapshot()) {}
    ~HeldSnapshot() override { db_.ReleaseSnapshot(snapshot_); }
    HeldSnapshot(const HeldSnapshot&) = delete;
    HeldSnapshot& operator=(const HeldSnapshot&) = delete;
    const rocksdb::Snapshot* get() const { return snapshot_; }

private:
    rocksdb::DB& db_;
    const rocksdb::Snapshot* snapshot_;
};

// Of a store that can't be written nothing moves, and nothing needs to be held.
class HeldStill : public Held {};

rocksdb::ReadOptions reading(const Held* held) {
    rocksdb::ReadOptions options;
    if (const auto* moving = dynamic_cast<const HeldSnapshot*>(held))
        options.snapshot = moving->get();
    return options;
}

class RocksCursor : public Cursor {
public:
    explicit RocksCursor(rocksdb::Iterator* at) : at_(at) {}

    void first() override { at_->SeekToFirst(); }
    void last() override { at_->SeekToLast(); }
    void seek(std::string_view key) override { at_->Seek(slice(key)); }
    void seek_before(std::string_view key) override { at_->SeekForPrev(slice(key)); }
    void next() override { at_->Next(); }
    void previous() override { at_->Prev(); }
    bool valid() const override { return at_->Valid(); }
    std::string_view key() const override { return at_->key().ToStringView(); }
    std::string_view value() const override { return at_->value().ToStringView(); }
    Status status() const override { return status_of(at_->status()); }

private:
    std::unique_ptr<rocksdb::Iterator> at_;
};

}  // namespace

struct Store::Inside {
    explicit Inside(std::string the_place) : place(std::move(the_place)), full_disk(place) {}

    std::string place;
    Purpose purpose{};
    FullDisk full_disk;
    std::unique_ptr<rocksdb::Env> env;  // null: that of all
    std::unique_ptr<FamilyOptions> family_options;
    std::unique_ptr<rocksdb::DB> db;
    bool read_only = false;
    std::string why_read_only;
    rocksdb::ColumnFamilyHandle* unnamed = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> families;

    rocksdb::ColumnFamilyHandle* of(std::size_t family) const {
        return families.empty() ? db->DefaultColumnFamily() : families[family];
    }
    bool logged() const { return purpose != Purpose::views; }
    rocksdb::Status open(const Settings& settings);
    rocksdb::Status glance(const Settings& settings);
    std::vector<rocksdb::ColumnFamilyDescriptor> described(std::vector<std::string> names) const;
    void take_families(const std::vector<rocksdb::ColumnFamilyHandle*>& handles);
    rocksdb::WriteOptions writing() const {
        rocksdb::WriteOptions options;
        options.disableWAL = !logged();
        options.sync = purpose == Purpose::log || purpose == Purpose::keys;
        return options;
    }
};

struct Batch::Inside {
    Inside(const Store::Inside& the_store, std::size_t bytes) : store(the_store), rows(bytes) {}
    const Store::Inside& store;
    mutable rocksdb::WriteBatch rows;
};

rocksdb::Status Store::Inside::open(const Settings& settings) {
    purpose = settings.purpose;
    family_options = std::make_unique<FamilyOptions>(settings);
    rocksdb::DBOptions options = options_of(settings, place, full_disk);
    if (settings.file_system) {
        env = rocksdb::NewCompositeEnv(no_space_file_system(settings.file_system));
        options.env = env.get();
    }
    std::vector<std::string> names = settings.families;
    if (purpose == Purpose::log && std::filesystem::exists(place + "/CURRENT")) {
        const auto listed = rocksdb::DB::ListColumnFamilies(options, place, &names);
        if (!listed.ok()) return listed;
        std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
            return std::pair(a.size(), a) < std::pair(b.size(), b);
        });
    }
    OpenedStore opened = open_store(options, place, described(std::move(names)));
    if (!opened.status.ok()) return opened.status;
    db = std::move(opened.db);
    read_only = opened.read_only;
    why_read_only = opened.why_read_only;
    take_families(opened.families);
    return opened.status;
}

rocksdb::Status Store::Inside::glance(const Settings& settings) {
    purpose = settings.purpose;
    family_options = std::make_unique<FamilyOptions>(settings);
    // Every file is opened at once, so that none can go while it is read.
    rocksdb::DBOptions options;
    options.max_open_files = -1;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    rocksdb::Status status;
    for (int glances = 0; glances < kGlancesMax && !opened; ++glances)
        status = rocksdb::DB::OpenForReadOnly(options, place, described(settings.families),
                                              &handles, &opened);
    db.reset(opened);
    read_only = true;
    if (status.ok()) take_families(handles);
    return status;
}

std::vector<rocksdb::ColumnFamilyDescriptor> Store::Inside::described(
    std::vector<std::string> names) const {
    const std::string& unnamed_name = rocksdb::kDefaultColumnFamilyName;
    if (std::find(names.begin(), names.end(), unnamed_name) == names.end())
        names.insert(names.begin(), unnamed_name);
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
    descriptors.reserve(names.size());
    for (const std::string& name : names)
        descriptors.emplace_back(name, purpose == Purpose::views && name == unnamed_name
                                           ? rocksdb::ColumnFamilyOptions()
                                           : family_options->of(name));
    return descriptors;
}

void Store::Inside::take_families(const std::vector<rocksdb::ColumnFamilyHandle*>& handles) {
    for (rocksdb::ColumnFamilyHandle* handle : handles)
        if (handle->GetName() == rocksdb::kDefaultColumnFamilyName)
            unnamed = handle;
        else
            families.push_back(handle);
}

Store::Opened Store::open(const std::string& place, const Settings& settings) {
    auto inside = std::make_unique<Inside>(place);
    Opened opened;
    opened.status = status_of(inside->open(settings));
    if (opened.status.ok()) opened.store.reset(new Store(std::move(inside)));
    return opened;
}

Store::Opened Store::glance(const std::string& place, const Settings& settings) {
    auto inside = std::make_unique<Inside>(place);
    Opened opened;
    opened.status = status_of(inside->glance(settings));
    if (opened.status.ok()) opened.store.reset(new Store(std::move(inside)));
    return opened;
}

Store::Store(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Store::~Store() {
    for (rocksdb::ColumnFamilyHandle* family : inside_->families)
        inside_->db->DestroyColumnFamilyHandle(family);
    inside_->db->DestroyColumnFamilyHandle(inside_->unnamed);
    inside_->db->Close();
}

const std::string& Store::place() const { return inside_->place; }
bool Store::read_only() const { return inside_->read_only; }
const std::string& Store::why_read_only() const { return inside_->why_read_only; }
std::size_t Store::family_count() const { return inside_->families.size(); }

Status Store::get(std::size_t family, std::string_view key, std::string& value,
                  const Held* held) const {
    rocksdb::PinnableSlice pinned;
    const auto got = inside_->db->Get(reading(held), inside_->of(family), slice(key), &pinned);
    if (got.ok()) value.assign(pinned.data(), pinned.size());
    return status_of(got);
}

Status Store::have(std::size_t family, std::span<const std::string_view> keys,
                   std::vector<bool>& found, const Held* held) const {
    std::vector<rocksdb::Slice> slices;
    slices.reserve(keys.size());
    for (const std::string_view key : keys) slices.push_back(slice(key));
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    inside_->db->MultiGet(reading(held), inside_->of(family), keys.size(), slices.data(),
                          values.data(), statuses.data(), true);
    found.clear();
    found.reserve(keys.size());
    for (const rocksdb::Status& status : statuses) {
        if (!status.ok() && !status.IsNotFound()) return status_of(status);
        found.push_back(status.ok());
    }
    return {};
}

std::unique_ptr<Cursor> Store::cursor(std::size_t family, Reading how, const Held* held) const {
    rocksdb::ReadOptions options = reading(held);
    options.prefix_same_as_start = how == Reading::one_prefix;
    options.total_order_seek = how != Reading::one_prefix;
    if (how == Reading::once) {
        options.verify_checksums = true;
        options.readahead_size = kReadaheadBytes;
    }
    options.fill_cache = how == Reading::plain;
    return std::make_unique<RocksCursor>(inside_->db->NewIterator(options, inside_->of(family)));
}

std::unique_ptr<const Held> Store::hold() const {
    if (inside_->read_only) return std::make_unique<const HeldStill>();
    return std::make_unique<const HeldSnapshot>(*inside_->db);
}

Status Store::write(const Batch& batch) {
    // Counters that nobody reads cost a tenth of a write. The level is the thread's own.
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
    if (inside_->logged()) inside_->full_disk.before_write(*inside_->db, inside_->unnamed);
    return status_of(inside_->db->Write(inside_->writing(), &batch.inside_->rows));
}

bool Store::resume() {
    if (inside_->logged()) return inside_->full_disk.resume(*inside_->db);
    return inside_->db->Resume().ok();
}

Status Store::add_sorted(std::size_t family, std::span<const SortedRow> rows) {
    if (rows.empty()) return {};
    rocksdb::ColumnFamilyHandle* const handle = inside_->of(family);
    const std::string path = inside_->place + "/run";
    rocksdb::SstFileWriter file(rocksdb::EnvOptions(), inside_->db->GetOptions(handle), handle);
    auto status = file.Open(path);
    for (const SortedRow& row : rows)
        if (status.ok())
            status = row.erased ? file.Delete(slice(row.key))
                                : file.Put(slice(row.key), slice(row.value));
    if (status.ok()) status = file.Finish();
    rocksdb::IngestExternalFileOptions options;
    options.move_files = true;
    options.snapshot_consistency = false;  // nobody reads yet
    options.write_global_seqno = false;
    if (status.ok()) status = inside_->db->IngestExternalFile(handle, {path}, options);
    return status_of(status);
}

Status Store::flush() {
    std::vector<rocksdb::ColumnFamilyHandle*> all = inside_->families;
    if (all.empty()) all.push_back(inside_->unnamed);
    return status_of(inside_->db->Flush({}, all));
}

Status Store::scrub(const std::vector<std::string>& keys) {
    auto status = inside_->db->Flush(rocksdb::FlushOptions());
    rocksdb::CompactRangeOptions rewrite;
    rewrite.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    for (const std::string& key : keys) {
        if (!status.ok()) return status_of(status);
        const rocksdb::Slice at(key);
        status = inside_->db->CompactRange(rewrite, &at, &at);
    }
    if (status.ok()) status = inside_->db->DisableFileDeletions();
    // Deletes now, not some time later.
    if (status.ok()) status = inside_->db->EnableFileDeletions();
    return status_of(status);
}

std::uint64_t Store::newest_change() const { return inside_->db->GetLatestSequenceNumber(); }

std::uint64_t Store::buffered_bytes() const {
    std::uint64_t all = 0;
    for (rocksdb::ColumnFamilyHandle* family : inside_->families) {
        std::uint64_t bytes = 0;
        inside_->db->GetIntProperty(family, rocksdb::DB::Properties::kCurSizeAllMemTables, &bytes);
        all += bytes;
    }
    return all;
}

std::optional<std::uint64_t> Store::free_bytes() const {
    std::uint64_t bytes = 0;
    const auto told = inside_->db->GetEnv()->GetFileSystem()->GetFreeSpace(
        inside_->place, rocksdb::IOOptions(), &bytes, nullptr);
    return told.ok() ? std::optional(bytes) : std::nullopt;
}

Result<void> Store::copy_to(const std::string& what, const std::string& directory) const {
    rocksdb::Checkpoint* made = nullptr;
    auto status = rocksdb::Checkpoint::Create(inside_->db.get(), &made);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    if (status.ok()) status = checkpoint->CreateCheckpoint(directory);
    if (status.ok()) return {};
    if (status.IsNoSpace())
        return error("the disk of " + directory + " is full, the " + what +
                     " can't be copied to it: make room or name another place, and do it again");
    return error("the " + what + " can't be copied to " + directory + ": " + status.ToString());
}

Status Store::replace_families(const std::vector<std::string>& names) {
    for (rocksdb::ColumnFamilyHandle* family : inside_->families) {
        const auto dropped = inside_->db->DropColumnFamily(family);
        if (!dropped.ok()) return status_of(dropped);
        inside_->db->DestroyColumnFamilyHandle(family);
    }
    inside_->families.clear();
    // In one call: RocksDB writes all its options down after each.
    return status_of(inside_->db->CreateColumnFamilies(inside_->family_options->of({}), names,
                                                       &inside_->families));
}

Status Store::get_unnamed(std::string_view key, std::string& value) const {
    return status_of(inside_->db->Get({}, inside_->unnamed, slice(key), &value));
}

Status Store::put_unnamed(std::string_view key, std::string_view value) {
    return status_of(
        inside_->db->Put(inside_->writing(), inside_->unnamed, slice(key), slice(value)));
}

Batch::Batch(const Store& store, std::size_t expected_bytes)
    : inside_(std::make_unique<Inside>(*store.inside_, expected_bytes)) {}
Batch::Batch(Batch&& other) noexcept = default;
Batch& Batch::operator=(Batch&& other) noexcept = default;
Batch::~Batch() = default;

void Batch::put(std::size_t family, std::string_view key, std::string_view head,
                std::string_view tail) {
    const rocksdb::Slice key_slice = slice(key);
    const std::array value{slice(head), slice(tail)};
    const auto put =
        inside_->rows.Put(inside_->store.of(family), rocksdb::SliceParts(&key_slice, 1),
                          rocksdb::SliceParts(value.data(), static_cast<int>(value.size())));
    LEDGER_CHECK(put.ok());
}

void Batch::erase(std::size_t family, std::string_view key) {
    LEDGER_CHECK(inside_->rows.Delete(inside_->store.of(family), slice(key)).ok());
}

void Batch::clear() { inside_->rows.Clear(); }
bool Batch::empty() const { return inside_->rows.Count() == 0; }

}  // namespace ledger::store
