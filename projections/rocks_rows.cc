#include "projections/rocks_rows.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <mutex>

#include "events/crash_point.h"
#include "events/store/store.h"

namespace ledger::views {
namespace {

constexpr std::array kFamilyNames = {"history", "partners", "receipts", "lookups",
                                     "anchors", "lists",    "ledger",   "meta"};
constexpr std::size_t kBatchRowBytes = 16;  // what a write batch adds to a row, at most

std::size_t number_of(Family family) { return static_cast<std::size_t>(family); }

Error failed(const std::string& what, const store::Status& status) {
    if (status.full()) return error(what + ": the disk is full; make room, it goes on by itself");
    return error(what + ": " + status.why);
}

store::Settings settings() {
    store::Settings settings;
    settings.purpose = store::Purpose::views;
    settings.families.assign(kFamilyNames.begin(), kFamilyNames.end());
    settings.create = true;
    return settings;
}

}  // namespace

struct RocksRows::Inside {
    std::unique_ptr<store::Store> store;
    bool full = false;  // the last write said so
    // RocksDB before 8.1 leaves a family out of an atomic flush that gets its first row meanwhile,
    // and a copy flushes.
    std::mutex writing;
};

Result<std::unique_ptr<RocksRows>> RocksRows::open(const std::string& directory) {
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored);
    if (!std::filesystem::exists(directory, ignored))
        return error("the folder of the views " + directory +
                     " can't be made: see to the rights of the folder it is in");
    auto opened = store::Store::open(directory, settings());
    switch (opened.status.kind) {
        case store::Status::Kind::ok: {
            auto inside = std::make_unique<Inside>();
            inside->store = std::move(opened.store);
            return std::unique_ptr<RocksRows>(new RocksRows(std::move(inside)));
        }
        case store::Status::Kind::locked:
        case store::Status::Kind::denied:
            return error("another process has the views in " + directory +
                         " open; stop it first, or give this one a --ledger folder of its own");
        case store::Status::Kind::damaged:
            return error("the views in " + directory + " are damaged (" + opened.status.why +
                         "); run 'benefits rebuild': they are made again from the log");
        case store::Status::Kind::full:
            return error("the disk of " + directory +
                         " is full, the views can't be opened: make room and start again");
        case store::Status::Kind::missing:
        case store::Status::Kind::failed:
            break;
    }
    return error("the views in " + directory + " can't be opened: " + opened.status.why);
}

Result<std::unique_ptr<RocksRows>> RocksRows::glance(const std::string& directory) {
    auto opened = store::Store::glance(directory, settings());
    if (!opened.status.ok()) return failed("the views can't be looked at", opened.status);
    auto inside = std::make_unique<Inside>();
    inside->store = std::move(opened.store);
    return std::unique_ptr<RocksRows>(new RocksRows(std::move(inside)));
}

RocksRows::RocksRows(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

RocksRows::~RocksRows() = default;

bool RocksRows::read_only() const { return inside_->store->read_only(); }

const std::string& RocksRows::why_read_only() const { return inside_->store->why_read_only(); }

namespace {

class RocksSnapshot : public Snapshot {
public:
    explicit RocksSnapshot(const store::Store& store) : store_(store), held_(store.hold()) {}

    Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
    Result<void> walk(Family family, const Walk& way, const Visit& visit) const override;
    Result<std::vector<bool>> have(Family family,
                                   std::span<const std::string_view> keys) const override;

private:
    const store::Store& store_;
    std::unique_ptr<const store::Held> held_;
};

Result<std::optional<std::string>> RocksSnapshot::get(Family family, std::string_view key) const {
    std::string value;
    const auto status = store_.get(number_of(family), key, value, held_.get());
    if (status.missing()) return std::optional<std::string>{};
    if (!status.ok()) return failed("the views can't be read", status);
    return std::optional<std::string>(std::move(value));
}

void begin_walk(store::Cursor& rows, const Walk& way) {
    if (!way.backwards) return rows.seek(way.from.empty() ? way.prefix : way.from);
    if (!way.from.empty()) return rows.seek_before(way.from);
    const std::string end = end_of_prefix(way.prefix);
    if (end.empty()) return rows.last();
    rows.seek_before(end);
    if (rows.valid() && rows.key() == end) rows.previous();
}

// Histories and whole families are read once, however long they are. RocksDB keeps within a prefix
// on the way onwards only.
store::Store::Reading reading_of(Family family, const Walk& way) {
    const bool one_partner = family == Family::history && way.prefix.size() > 2 && !way.backwards;
    if (one_partner) return store::Store::Reading::one_prefix;
    return family == Family::history || way.prefix.empty() ? store::Store::Reading::all
                                                           : store::Store::Reading::plain;
}

Result<void> RocksSnapshot::walk(Family family, const Walk& way, const Visit& visit) const {
    const auto rows = store_.cursor(number_of(family), reading_of(family, way), held_.get());
    for (begin_walk(*rows, way); rows->valid() && rows->key().starts_with(way.prefix);
         way.backwards ? rows->previous() : rows->next())
        if (!visit(rows->key(), rows->value())) return {};
    if (const auto status = rows->status(); !status.ok())
        return failed("the views can't be read", status);
    return {};
}

Result<std::vector<bool>> RocksSnapshot::have(Family family,
                                              std::span<const std::string_view> keys) const {
    std::vector<bool> found;
    const auto status = store_.have(number_of(family), keys, found, held_.get());
    if (!status.ok()) return failed("the views can't be read", status);
    return found;
}

}  // namespace

std::unique_ptr<const Snapshot> RocksRows::snapshot() const {
    return std::make_unique<const RocksSnapshot>(*inside_->store);
}

Result<void> RocksRows::write(const RowBatch& rows) {
    // In order of keys, so that one place in a memtable leads to the next: a tenth more a second.
    std::vector<Row> sorted;
    sorted.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) sorted.push_back(rows.row(i));
    std::stable_sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) {
        return a.family != b.family ? a.family < b.family : a.key < b.key;
    });
    store::Batch batch(*inside_->store, rows.bytes() + rows.size() * kBatchRowBytes);
    for (const Row& row : sorted)
        if (row.erased)
            batch.erase(number_of(row.family), row.key);
        else
            batch.put(number_of(row.family), row.key, row.value);
    LEDGER_CRASH_POINT(before_view_batch);
    const std::lock_guard lock(inside_->writing);
    auto status = inside_->store->write(batch);
    if (status.full() && inside_->store->resume()) status = inside_->store->write(batch);
    inside_->full = status.full();
    if (!status.ok()) return failed("the views can't be written", status);
    LEDGER_CRASH_POINT(after_view_batch);
    return {};
}

bool RocksRows::full() const { return inside_->full; }

Result<void> RocksRows::flush() {
    const auto status = inside_->store->flush();
    if (!status.ok()) return failed("the views can't be written", status);
    return {};
}

Result<void> RocksRows::add_sorted(Family family, std::span<const Row> rows) {
    std::vector<store::SortedRow> sorted;
    sorted.reserve(rows.size());
    for (const Row& row : rows) sorted.push_back({row.key, row.value, row.erased});
    const auto status = inside_->store->add_sorted(number_of(family), sorted);
    if (!status.ok()) return failed("the views can't be written", status);
    return {};
}

Result<std::uint64_t> RocksRows::compare(const RocksRows& theirs, Family family,
                                         const OnDifference& on_difference) const {
    const auto a = inside_->store->cursor(number_of(family), store::Store::Reading::all);
    const auto b = theirs.inside_->store->cursor(number_of(family), store::Store::Reading::all);
    std::uint64_t looked_at = 0;
    a->first();
    b->first();
    for (; a->valid() || b->valid(); ++looked_at) {
        const int order = !b->valid() ? -1 : !a->valid() ? 1 : a->key().compare(b->key());
        if (order < 0) {
            on_difference(a->key(), a->value(), std::nullopt);
        } else if (order > 0) {
            on_difference(b->key(), std::nullopt, b->value());
        } else if (a->value() != b->value()) {
            on_difference(a->key(), a->value(), b->value());
        }
        if (order <= 0) a->next();
        if (order >= 0) b->next();
    }
    if (const auto status = a->status(); !status.ok())
        return failed("the views can't be read", status);
    if (const auto status = b->status(); !status.ok())
        return failed("the views can't be read", status);
    return looked_at;
}

Result<void> RocksRows::copy_to(const std::string& directory) {
    const std::lock_guard lock(inside_->writing);
    if (const auto flushed = flush(); !flushed) return flushed;
    return inside_->store->copy_to("views", directory);
}

}  // namespace ledger::views
