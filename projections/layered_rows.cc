#include "projections/layered_rows.h"

namespace ledger::views {
namespace {

constexpr std::string_view kPut = "p";
constexpr std::string_view kErased = "e";

// What stands in the layer under a key.
bool is_put(std::string_view layer_value) { return layer_value.starts_with(kPut); }
std::string_view value_of(std::string_view layer_value) { return layer_value.substr(1); }

class LayeredSnapshot : public Snapshot {
public:
    LayeredSnapshot(std::unique_ptr<const Snapshot> below, std::unique_ptr<const MapSnapshot> above)
        : below_(std::move(below)), above_(std::move(above)) {}

    Result<std::optional<std::string>> get(Family family, std::string_view key) const override;
    Result<void> scan(Family family, std::string_view prefix, const Visit& visit) const override;
    Result<std::vector<bool>> have(Family family,
                                   std::span<const std::string_view> keys) const override;

private:
    std::unique_ptr<const Snapshot> below_;
    std::unique_ptr<const MapSnapshot> above_;
};

Result<std::optional<std::string>> LayeredSnapshot::get(Family family, std::string_view key) const {
    const MapRows::Map& rows = above_->all(family);
    const auto found = rows.find(key);
    if (found == rows.end()) return below_->get(family, key);
    if (!is_put(found->second)) return std::optional<std::string>{};
    return std::optional<std::string>(value_of(found->second));
}

Result<void> LayeredSnapshot::scan(Family family, std::string_view prefix,
                                   const Visit& visit) const {
    const MapRows::Map& rows = above_->all(family);
    auto top = rows.lower_bound(prefix);
    bool more = true;
    // Those of ours that come before `key`, or all that are left.
    const auto visit_ours = [&](std::optional<std::string_view> key) {
        for (; more && top != rows.end() && top->first.starts_with(prefix) &&
               (!key || top->first < *key);
             ++top)
            if (is_put(top->second)) more = visit(top->first, value_of(top->second));
    };
    const auto scanned =
        below_->scan(family, prefix, [&](std::string_view key, std::string_view value) {
            visit_ours(key);
            const bool ours = top != rows.end() && top->first == key;
            if (more && !ours) more = visit(key, value);
            if (more && ours && is_put(top->second)) more = visit(key, value_of(top->second));
            if (ours) ++top;
            return more;
        });
    if (!scanned) return scanned;
    visit_ours(std::nullopt);
    return {};
}

Result<std::vector<bool>> LayeredSnapshot::have(Family family,
                                                std::span<const std::string_view> keys) const {
    auto found = below_->have(family, keys);
    if (!found) return found;
    const MapRows::Map& rows = above_->all(family);
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (const auto ours = rows.find(keys[i]); ours != rows.end())
            (*found)[i] = is_put(ours->second);
    return found;
}

}  // namespace

std::unique_ptr<const Snapshot> LayeredRows::snapshot() const {
    return std::make_unique<const LayeredSnapshot>(below_->snapshot(), above_.map_snapshot());
}

Result<void> LayeredRows::write(const RowBatch& rows) {
    RowBatch layer;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row = rows.row(i);
        layer.put(row.family, row.key, row.erased ? kErased : kPut, row.value);
    }
    return above_.write(layer);
}

}  // namespace ledger::views
