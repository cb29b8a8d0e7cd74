#include "tests/sim/sim_sink.h"

namespace ledger::sim {

std::vector<Reading> SimSink::from() const {
    std::vector<Reading> from;
    from.reserve(live_.size());
    for (const Kept& kept : live_) from.push_back(kept.after);
    return from;
}

std::string SimSink::take(const JudgedBatch& batch) {
    Kept& kept = live_[number(batch.partition)];
    const std::string where = "partition " + std::to_string(number(batch.partition));
    if (batch.records.empty()) return "a listener is given nothing of " + where;
    if (batch.records.front().position < kept.after.next)
        return "a listener is given a record of " + where + " a second time";
    kept.records += batch.records.size();
    kept.after = batch.after;
    const Counts& counts = kept.after.counts;
    if (counts.applied + counts.voided + counts.control != kept.records)
        return "a listener of " + where + " was given " + std::to_string(kept.records) +
               " records, of those up to position " + std::to_string(number(kept.after.last));
    return {};
}

}  // namespace ledger::sim
