// Which piece of a list is wanted, and in what order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "events/date.h"

namespace ledger::answers {

struct Page {
    std::optional<std::uint64_t> last;   // the newest so many of those that fit
    std::optional<std::uint64_t> limit;  // at most so many, from the first in the list's order
    std::optional<Date> since;           // of that day and later ones
    std::string type;                    // of an event or command, like "SeatAssigned"; empty: any
    std::string actor;                   // the id of who did it; empty: anybody
    bool newest_first = false;

    // Everything, from its beginning.
    bool is_whole() const { return !last && !limit && !since && type.empty() && actor.empty(); }
};

}  // namespace ledger::answers
