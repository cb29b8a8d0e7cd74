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

Result<void> MapSnapshot::scan(Family family, std::string_view prefix, const Visit& visit) const {
    const MapRows::Map& rows = all(family);
    for (auto row = rows.lower_bound(prefix); row != rows.end() && row->first.starts_with(prefix);
         ++row)
        if (!visit(row->first, row->second)) return {};
    return {};
}

Result<std::vector<bool>> MapSnapshot::have(Family family,
                                            std::span<const std::string_view> keys) const {
    std::vector<bool> found;
    for (const std::string_view key : keys) found.push_back(all(family).contains(key));
    return found;
}

}  // namespace ledger::views
