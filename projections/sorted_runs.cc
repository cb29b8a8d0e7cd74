#include "projections/sorted_runs.h"

#include <algorithm>

namespace ledger::views {

Result<void> SortedRuns::put(Family family, std::string_view key, std::string_view head,
                             std::string_view tail) {
    kept_.put(family, key, head, tail);
    return write_if_full();
}

Result<void> SortedRuns::add(const Row& row) {
    kept_.add(row);
    return write_if_full();
}

Result<void> SortedRuns::write_if_full() {
    if (kept_.bytes() < run_max_bytes_) return {};
    return write();
}

Result<void> SortedRuns::write() {
    std::vector<Row> rows;
    rows.reserve(kept_.size());
    for (const Family family : kFamilies) {
        rows.clear();
        for (std::size_t i = 0; i < kept_.size(); ++i)
            if (const Row row = kept_.row(i); row.family == family) rows.push_back(row);
        std::stable_sort(rows.begin(), rows.end(),
                         [](const Row& a, const Row& b) { return a.key < b.key; });
        std::size_t count = 0;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (i + 1 == rows.size() || rows[i].key != rows[i + 1].key) rows[count++] = rows[i];
        rows.resize(count);
        if (const auto added = target_.add_sorted(family, rows); !added) return added;
    }
    kept_.clear();
    return {};
}

}  // namespace ledger::views
