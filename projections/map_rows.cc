#include "projections/map_rows.h"

namespace ledger::views {

Result<std::optional<std::string>> MapRows::get(Family family, std::string_view key) const {
    const auto found = all(family).find(key);
    if (found == all(family).end()) return std::optional<std::string>{};
    return std::optional<std::string>(found->second);
}

Result<void> MapRows::scan(Family family, std::string_view prefix, const Visit& visit) const {
    const Map& rows = all(family);
    for (auto row = rows.lower_bound(prefix); row != rows.end() && row->first.starts_with(prefix);
         ++row)
        if (!visit(row->first, row->second)) return {};
    return {};
}

Result<std::vector<bool>> MapRows::have(Family family,
                                        std::span<const std::string_view> keys) const {
    std::vector<bool> found;
    for (const std::string_view key : keys) found.push_back(all(family).contains(key));
    return found;
}

Result<void> MapRows::write(const RowBatch& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row = rows.row(i);
        families_[static_cast<std::size_t>(row.family)].insert_or_assign(std::string(row.key),
                                                                         std::string(row.value));
    }
    return {};
}

}  // namespace ledger::views
