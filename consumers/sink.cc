#include "consumers/sink.h"

#include <algorithm>

namespace ledger {

Taken::Taken(const std::vector<Reading>& from) {
    next_.reserve(from.size());
    for (const Reading& reading : from) next_.push_back(reading.next);
}

std::optional<JudgedBatch> Taken::news(JudgedBatch batch) {
    Position& next = next_[number(batch.partition)];
    if (batch.after.next <= next) return std::nullopt;
    const auto first = std::find_if(batch.records.begin(), batch.records.end(),
                                    [&](const Judged& judged) { return judged.position >= next; });
    batch.records.erase(batch.records.begin(), first);
    next = batch.after.next;
    return batch;
}

Reading earliest(const std::vector<Listener>& listeners, PartitionId partition) {
    const auto of = [&](const Listener& listener) -> const Reading& {
        return listener.from[number(partition)];
    };
    return of(*std::min_element(
        listeners.begin(), listeners.end(),
        [&](const Listener& a, const Listener& b) { return of(a).next < of(b).next; }));
}

}  // namespace ledger
