// Rows in memory: what verify folds a second time, and what simulations run on.
#pragma once

#include <array>
#include <map>
#include <string>

#include "projections/rows.h"

namespace ledger::views {

class MapRows : public Rows {
public:
    using Map = std::map<std::string, std::string, std::less<>>;

    Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
    Result<void> scan(Family family, std::string_view prefix, const Visit& visit) const override;
    Result<std::vector<bool>> have(Family family,
                                   std::span<const std::string_view> keys) const override;
    Result<void> write(const RowBatch& rows) override;

    const Map& all(Family family) const { return families_[static_cast<std::size_t>(family)]; }

private:
    std::array<Map, kFamilies.size()> families_;
};

}  // namespace ledger::views
