// From which day on another version of the policy that stands in the log allows what today's
// doesn't: the first date of a refusal that the policy alone decides [LED-05].
#pragma once

#include <optional>

#include "aggregates/policy/policies.h"

namespace ledger::policy {

// The first day after today whose version `allows`; nothing: none that is known does.
template <typename Allows>
std::optional<Date> first_day(const Policies& policies, Date today, Allows allows) {
    std::optional<Date> first;
    for (const fb::PolicyVersionT& version : policies.all()) {
        const Date day{version.effective};
        if (day <= today || (first && *first <= day)) continue;
        // Of two versions of one day the later one is in force.
        if (allows(policies.on(day))) first = day;
    }
    return first;
}

}  // namespace ledger::policy
