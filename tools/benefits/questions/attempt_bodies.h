// Bodies for a command that a partner's state suggests: its orders, benefits, seats, keys, tokens,
// requests and users in the fields that name such things, and something harmless that fits in every
// other field. Walks over the schema, so a new command needs no code here unless it names a new
// kind of thing. Pure and bounded.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "aggregates/partner.h"
#include "events/json/schema.h"

namespace ledger::tools {

struct AttemptBody {
    std::string json;   // the whole body
    std::string words;  // what of it came from the state: "order ap-1, seat 1, person lee"
};

inline constexpr std::size_t kAttemptsMax = 200;

struct AttemptBodies {
    std::vector<AttemptBody> bodies;  // at most kAttemptsMax
    bool more = false;                // there would be others
    std::string missing;  // when there are none: what the partner would have to have, "an order"
};

AttemptBodies attempt_bodies(fb::CommandBody command, const json::Table& body,
                             const PartnerState& state, const fb::CatalogueVersionT& catalogue);

}  // namespace ledger::tools
