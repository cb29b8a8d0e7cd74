// The life of one made-up partner, as commands: what the rules would take of it, drawn one after
// the other from all that the schema knows (aggregates/possible), with the mistakes that people
// make, so that some are refused, some change nothing and some come twice. The same for the same
// seed and index and the same rules: tests compare ledgers made of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "command_generated.h"
#include "events/date.h"

namespace ledger::tools {

struct GeneratedStep {
    std::uint32_t day = 0;  // from 0; never smaller than that of the step before
    std::string command;    // JSON, one line with its end
};

// How cards answer the renewal charges that are ordered on the way to that day, from 0.
fb::Cards cards_on(int day);

// The steps are spread over `days` (at least 1) days, from `start` on.
std::vector<GeneratedStep> generated_partner(std::uint64_t seed, std::uint64_t index,
                                             std::uint32_t days, Date start);

}  // namespace ledger::tools
