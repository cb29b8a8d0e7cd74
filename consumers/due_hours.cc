#include "consumers/due_hours.h"

#include <algorithm>

namespace ledger {

std::optional<DueLook> DueHours::look(Time now) {
    if (now < not_before_) return std::nullopt;
    const Date today = date_of(now);
    const bool overdue = now.milliseconds - start_of(today).milliseconds >= kOverdueAfterMs;
    const DueLook look{overdue ? today : plus_days(today, -1), today};
    if (last_ == look) return std::nullopt;
    last_ = look;
    return look;
}

void DueHours::failed(Time now) {
    last_.reset();
    not_before_ = Time{now.milliseconds + pause_ms_};
    pause_ms_ = std::min(pause_ms_ * 2, kLookAgainMaxMs);
}

}  // namespace ledger
