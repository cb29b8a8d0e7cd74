#include "projections/bulk_rows.h"

namespace ledger::views {

Result<std::optional<std::string>> BulkRows::get(Family, std::string_view) const {
    return std::optional<std::string>{};
}

Result<void> BulkRows::scan(Family, std::string_view, const Visit&) const { return {}; }

Result<std::vector<bool>> BulkRows::have(Family, std::span<const std::string_view> keys) const {
    return std::vector<bool>(keys.size(), false);
}

Result<void> BulkRows::write(const RowBatch& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row = rows.row(i);
        if (row.family == Family::history) continue;
        if (row.family == Family::meta) {
            meta_[std::string(row.key)] = row.value;
            continue;
        }
        if (row.family == Family::partners) ++partners_;
        if (const auto put = runs_.put(row.family, row.key, row.value); !put) return put;
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
