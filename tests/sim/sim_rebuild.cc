#include "tests/sim/sim_rebuild.h"

#include <algorithm>

#include "projections/row_name.h"

namespace ledger::sim {

SimRebuild::SimRebuild(const std::deque<SimLog>& logs, std::vector<Position> upto)
    : logs_(logs), upto_(std::move(upto)), readings_(upto_.size()), fold_(rows_) {}

Result<bool> SimRebuild::step(std::size_t max_records) {
    for (std::size_t i = 0; i < upto_.size(); ++i) {
        Reading& reading = readings_[i];
        std::vector<Judged> records;
        for (Position at = reading.next; at < upto_[i] && records.size() < max_records;
             at = next(at)) {
            const Bytes* record = logs_[i].at(at);
            if (!record) continue;
            const auto judged = read_next(reading, at, *record);
            if (!judged) return judged.error();
            records.push_back(*judged);
        }
        if (records.empty()) continue;
        const auto added = fold_.add(PartitionId{static_cast<std::uint32_t>(i)}, records, reading);
        if (!added) return added.error();
        if (const auto written = fold_.commit(); !written) return written.error();
        return true;
    }
    return false;
}

std::string difference_between(const views::MapRows& fresh, const views::MapRows& old) {
    for (const views::Family family : views::kFamilies) {
        const auto& a = fresh.all(family);
        const auto& b = old.all(family);
        const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
        if (in_a != a.end()) return views::row_name(family, in_a->first);
        if (in_b != b.end()) return views::row_name(family, in_b->first);
    }
    return {};
}

}  // namespace ledger::sim
