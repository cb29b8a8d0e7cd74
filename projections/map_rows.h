// Rows in memory: what verify folds a second time, what simulations run on, and views that can't be
// written anywhere. A snapshot costs nothing to take; while one is held, the first write to a family
// copies that family.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "projections/rows.h"

namespace ledger::views {

class MapSnapshot;

class MapRows : public Rows {
public:
    using Map = std::map<std::string, std::string, std::less<>>;

    MapRows();
    // Copies every row; `other` is not written meanwhile.
    MapRows(const MapRows& other);
    MapRows& operator=(const MapRows& other);
    ~MapRows() override = default;

    std::unique_ptr<const Snapshot> snapshot() const override;
    std::unique_ptr<const MapSnapshot> map_snapshot() const;
    Result<void> write(const RowBatch& rows) override;

    // As they stand; for the thread that writes.
    const Map& all(Family family) const { return *families_[static_cast<std::size_t>(family)]; }

private:
    friend class MapSnapshot;
    using Families = std::array<std::shared_ptr<Map>, kFamilies.size()>;

    // Held while a snapshot is taken or given back, and while a batch is written: so a map that
    // nobody else holds stays nobody else's until the batch is in.
    mutable std::mutex mutex_;
    Families families_;
};

// A place on a way through rows in memory, which nobody changes meanwhile.
class MapWalk {
public:
    MapWalk(const MapRows::Map& rows, const Walk& way);

    bool valid() const { return at_ != rows_.end() && at_->first.starts_with(prefix_); }
    std::string_view key() const { return at_->first; }
    std::string_view value() const { return at_->second; }
    void next();

private:
    const MapRows::Map& rows_;
    std::string_view prefix_;
    bool backwards_;
    MapRows::Map::const_iterator at_;
};

class MapSnapshot : public Snapshot {
public:
    explicit MapSnapshot(const MapRows& rows);
    ~MapSnapshot() override;
    MapSnapshot(const MapSnapshot&) = delete;
    MapSnapshot& operator=(const MapSnapshot&) = delete;

    Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
    Result<void> walk(Family family, const Walk& way, const Visit& visit) const override;
    Result<std::vector<bool>> have(Family family,
                                   std::span<const std::string_view> keys) const override;

    const MapRows::Map& all(Family family) const {
        return *families_[static_cast<std::size_t>(family)];
    }

private:
    const MapRows& rows_;
    MapRows::Families families_;
};

}  // namespace ledger::views
