#include "projections/layered_rows.h"

namespace ledger::views {

Result<std::optional<std::string>> LayeredRows::get(Family family, std::string_view key) const {
    auto found = above_.get(family, key);
    if (!found || *found) return found;
    return below_->get(family, key);
}

Result<void> LayeredRows::scan(Family family, std::string_view prefix, const Visit& visit) const {
    const MapRows::Map& rows = above_.all(family);
    auto top = rows.lower_bound(prefix);
    bool more = true;
    // Those of ours that come before `key`, or all that are left.
    const auto visit_ours = [&](std::optional<std::string_view> key) {
        for (; more && top != rows.end() && top->first.starts_with(prefix) &&
               (!key || top->first < *key);
             ++top)
            more = visit(top->first, top->second);
    };
    const auto scanned =
        below_->scan(family, prefix, [&](std::string_view key, std::string_view value) {
            visit_ours(key);
            const bool ours = top != rows.end() && top->first == key;
            if (more) more = visit(key, ours ? std::string_view(top->second) : value);
            if (ours) ++top;
            return more;
        });
    if (!scanned) return scanned;
    visit_ours(std::nullopt);
    return {};
}

Result<std::vector<bool>> LayeredRows::have(Family family,
                                            std::span<const std::string_view> keys) const {
    auto found = below_->have(family, keys);
    if (!found) return found;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!(*found)[i]) (*found)[i] = above_.all(family).contains(keys[i]);
    return found;
}

}  // namespace ledger::views
