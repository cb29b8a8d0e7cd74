#include "projections/bulk_rows.h"

namespace ledger::views {

namespace {

class NoRows : public Snapshot {
public:
    Result<std::optional<std::string>> get(Family, std::string_view) const override {
        return std::optional<std::string>{};
    }
    Result<void> walk(Family, const Walk&, const Visit&) const override { return {}; }
    Result<std::vector<bool>> have(Family, std::span<const std::string_view> keys) const override {
        return std::vector<bool>(keys.size(), false);
    }
};

}  // namespace

std::unique_ptr<const Snapshot> BulkRows::snapshot() const {
    return std::make_unique<const NoRows>();
}

Result<void> BulkRows::write(const RowBatch& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row = rows.row(i);
        if (row.family == Family::history) continue;
        if (row.family == Family::meta) {
            if (row.erased)
                meta_.erase(std::string(row.key));
            else
                meta_[std::string(row.key)] = row.value;
            continue;
        }
        if (row.family == Family::partners) ++partners_;
        if (const auto added = runs_.add(row); !added) return added;
    }
    return {};
}

Result<void> BulkRows::finish(const RowBatch& more) {
    if (const auto written = runs_.write(); !written) return written;
    RowBatch last = more;
    for (const auto& [key, value] : meta_) last.put(Family::meta, key, value);
    if (const auto written = target_.write(last); !written) return written;
    return target_.flush();
}

}  // namespace ledger::views
