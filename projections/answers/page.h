// Which piece of a list is wanted, and in what order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common_generated.h"
#include "events/date.h"

namespace ledger::answers {

struct Page {
    std::optional<std::uint64_t> last;   // the newest so many of those that fit
    std::optional<std::uint64_t> limit;  // at most so many, from the first in the list's order
    std::optional<Date> since;           // of that day and later ones
    std::string type;                    // of an event or command, like "SeatAssigned"; empty: any
    // The id of who did it, or "support", "system", "auditor": whoever acted as that; empty: anybody.
    std::string actor;
    bool newest_first = false;

    // Everything, from its beginning.
    bool is_whole() const { return !last && !limit && !since && type.empty() && actor.empty(); }
};

// Whether something of that type, done by that actor, is wanted.
bool fits(const Page& page, std::string_view type, fb::ActorKind kind, std::string_view actor);

}  // namespace ledger::answers
