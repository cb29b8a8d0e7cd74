#include "projections/map_rows.h"

namespace ledger::views {

MapRows::MapRows() {
    for (auto& family : families_) family = std::make_shared<Map>();
}

MapRows::MapRows(const MapRows& other) : Rows() { *this = other; }

MapRows& MapRows::operator=(const MapRows& other) {
    if (this == &other) return *this;
    Families copies;
    for (std::size_t i = 0; i < copies.size(); ++i)
        copies[i] = std::make_shared<Map>(*other.families_[i]);
    const std::lock_guard lock(mutex_);
    families_ = std::move(copies);
    return *this;
}

std::unique_ptr<const MapSnapshot> MapRows::map_snapshot() const {
    return std::make_unique<const MapSnapshot>(*this);
}

std::unique_ptr<const Snapshot> MapRows::snapshot() const { return map_snapshot(); }

Result<void> MapRows::write(const RowBatch& rows) {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row = rows.row(i);
        std::shared_ptr<Map>& family = families_[static_cast<std::size_t>(row.family)];
        if (family.use_count() > 1) family = std::make_shared<Map>(*family);
        if (!row.erased)
            family->insert_or_assign(std::string(row.key), std::string(row.value));
        else if (const auto found = family->find(row.key); found != family->end())
            family->erase(found);
    }
    return {};
}

namespace {

MapRows::Map::const_iterator one_before(const MapRows::Map& rows, MapRows::Map::const_iterator at) {
    return at == rows.begin() ? rows.end() : std::prev(at);
}

}  // namespace

MapWalk::MapWalk(const MapRows::Map& rows, const Walk& way)
    : rows_(rows), prefix_(way.prefix), backwards_(way.backwards) {
    if (!backwards_) {
        at_ = rows.lower_bound(way.from.empty() ? way.prefix : way.from);
    } else if (!way.from.empty()) {
        at_ = one_before(rows, rows.upper_bound(way.from));
    } else {
        const std::string end = end_of_prefix(prefix_);
        at_ = one_before(rows, end.empty() ? rows.end() : rows.lower_bound(end));
    }
}

void MapWalk::next() { at_ = backwards_ ? one_before(rows_, at_) : std::next(at_); }

MapSnapshot::MapSnapshot(const MapRows& rows) : rows_(rows) {
    const std::lock_guard lock(rows_.mutex_);
    families_ = rows_.families_;
}

MapSnapshot::~MapSnapshot() {
    const std::lock_guard lock(rows_.mutex_);
    families_ = {};
}

Result<std::optional<std::string>> MapSnapshot::get(Family family, std::string_view key) const {
    const auto found = all(family).find(key);
    if (found == all(family).end()) return std::optional<std::string>{};
    return std::optional<std::string>(found->second);
}

Result<void> MapSnapshot::walk(Family family, const Walk& way, const Visit& visit) const {
    for (MapWalk at(all(family), way); at.valid(); at.next())
        if (!visit(at.key(), at.value())) return {};
    return {};
}

Result<std::vector<bool>> MapSnapshot::have(Family family,
                                            std::span<const std::string_view> keys) const {
    std::vector<bool> found;
    for (const std::string_view key : keys) found.push_back(all(family).contains(key));
    return found;
}

}  // namespace ledger::views
