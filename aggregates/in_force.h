// Which of several versions, of the policy or of the catalogue, is in force on a day: among those
// with the latest effective date not after it, the one of the highest number. Versions come in the
// order of their numbers.
#pragma once

#include <span>

#include "events/date.h"

namespace ledger {

// Before the first effective date: the first version. Where there is none at all: an empty one,
// which allows and sells nothing.
template <typename Version>
const Version& in_force(std::span<const Version> versions, Date day) {
    static const Version kNone;
    if (versions.empty()) return kNone;
    const Version* best = nullptr;
    for (const Version& version : versions) {
        if (version.effective > day.days) continue;
        if (!best || version.effective >= best->effective) best = &version;
    }
    return best ? *best : versions.front();
}

}  // namespace ledger
