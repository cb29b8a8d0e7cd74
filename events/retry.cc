#include "events/retry.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace ledger {
namespace {

std::array<std::atomic<std::uint64_t>, kRetryNames.size()> counted_retries{};

}  // namespace

RetryCounts retry_counts() {
    RetryCounts counts{};
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = counted_retries[i];
    return counts;
}

std::chrono::milliseconds RetryPause::next() {
    ++counted_retries[static_cast<std::size_t>(what_)];
    return std::exchange(next_, std::min(2 * next_, most_));
}

}  // namespace ledger
