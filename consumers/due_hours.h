// When the issuer of a production ledger looks for what falls due. A day begins at 00:00 UTC:
// who serves a partition issues what is due there at once; what is ten minutes overdue anybody may
// issue, so that a claim without people's work fights for no partition at midnight. Pure.
#pragma once

#include <optional>

#include "events/date.h"

namespace ledger {

inline constexpr std::int64_t kOverdueAfterMs = 10 * 60'000;
// After a look that failed the next one waits so long, doubled each time up to the most.
inline constexpr std::int64_t kLookAgainMinMs = 15'000;
inline constexpr std::int64_t kLookAgainMaxMs = 15 * 60'000;

struct DueLook {
    Date by_anybody;  // what fell due through this day, in every partition
    Date by_server;   // what fell due through this day, in the partitions that this node serves
    auto operator<=>(const DueLook&) const = default;
};

class DueHours {
public:
    // What to look for now; nothing while there is no more to be found than at the last look.
    std::optional<DueLook> look(Time now);
    // How that look went. One that failed is to be done again.
    void went_well() { pause_ms_ = kLookAgainMinMs; }
    void failed(Time now);

private:
    std::optional<DueLook> last_;
    Time not_before_{};
    std::int64_t pause_ms_ = kLookAgainMinMs;
};

}  // namespace ledger
