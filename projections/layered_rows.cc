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
    Result<void> walk(Family family, const Walk& way, const Visit& visit) const override;
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

Result<void> LayeredSnapshot::walk(Family family, const Walk& way, const Visit& visit) const {
    MapWalk top(above_->all(family), way);
    bool more = true;
    // Those of ours that come before `key` on the way, or all that are left.
    const auto visit_ours = [&](std::optional<std::string_view> key) {
        for (;
             more && top.valid() && (!key || (way.backwards ? top.key() > *key : top.key() < *key));
             top.next())
            if (is_put(top.value())) more = visit(top.key(), value_of(top.value()));
    };
    const auto walked =
        below_->walk(family, way, [&](std::string_view key, std::string_view value) {
            visit_ours(key);
            const bool ours = top.valid() && top.key() == key;
            if (more && !ours) more = visit(key, value);
            if (more && ours && is_put(top.value())) more = visit(key, value_of(top.value()));
            if (ours) top.next();
            return more;
        });
    if (!walked) return walked;
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
