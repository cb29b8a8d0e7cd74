// Every sensible command of one kind: all combinations of the sensible choices for its fields.
// Pure and bounded.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "aggregates/possible/choices.h"
#include "aggregates/possible/command.h"

namespace ledger::possible {

inline constexpr std::size_t kEveryMax = 200;

// What a field was filled with: an id, "1 (kim)" of a seat, of an enum the name of its value, or
// kTheNextOne where it was left out.
struct Chosen {
    const json::Field* field;
    std::string value;
};

struct Every {
    struct One {
        Bytes command;
        std::vector<Chosen> chosen;  // what of it came from the state
    };
    std::vector<One> commands;  // at most kEveryMax
    bool more = false;          // there would be others
    std::string missing;        // when there are none: the field for which the partner has nothing
};

// Personal texts are stand-ins (stand_in.h).
Every every_command(fb::CommandBody type, const Standing& standing, const Envelope& envelope);

}  // namespace ledger::possible
