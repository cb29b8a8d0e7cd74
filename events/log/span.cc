#include "events/log/span.h"

#include <algorithm>

namespace ledger::log {
namespace {

// A poll's own patience: the silence is measured over many.
constexpr std::chrono::milliseconds kLook{200};

void cut_off(ReadBatch& batch, Position end) {
    const auto beyond =
        std::find_if(batch.records.begin(), batch.records.end(),
                     [&](const StoredRecord& record) { return record.position >= end; });
    batch.records.erase(beyond, batch.records.end());
}

}  // namespace

Result<void> read_span(Log& log, const Span& span, const OnBatch& on_batch) {
    if (span.from >= span.end) return {};
    const ReadFrom from{span.partition, span.from};
    const auto cursor = log.read({&from, 1});
    if (!cursor) return cursor.error();
    Position read_to = span.from;
    auto silent_since = std::chrono::steady_clock::now();
    while (read_to < span.end) {
        auto batches = (*cursor)->poll(kLook, span.most_at_once);
        if (!batches) return batches.error();
        const auto now = std::chrono::steady_clock::now();
        if (!batches->empty()) silent_since = now;
        if (now - silent_since > span.silence_max)
            return no_answer("partition " + std::to_string(number(span.partition)) +
                             " can't be read beyond position " + std::to_string(number(read_to)) +
                             "; is the log reachable?");
        for (ReadBatch& batch : *batches) {
            if (batch.records.empty()) continue;
            read_to = next(batch.records.back().position);
            cut_off(batch, span.end);
            if (batch.records.empty()) continue;
            const auto goes_on = on_batch(batch);
            if (!goes_on) return goes_on.error();
            if (!*goes_on) return {};
        }
    }
    return {};
}

}  // namespace ledger::log
