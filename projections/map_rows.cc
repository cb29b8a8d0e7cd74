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

Result<void> MapRows::write(const std::vector<Row>& rows) {
    for (const Row& row : rows)
        families_[static_cast<std::size_t>(row.family)][row.key] = row.value;
    return {};
}

}  // namespace ledger::views
