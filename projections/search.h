// Partners by what support is told on the phone. As a whole it is looked up
// (projections/lookups.h), sealed texts too, by their keyed hash. A piece of it takes a scan of the
// partners view, where texts are compared folded (events/folded.h); sealed texts are never looked
// into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings_generated.h"
#include "projections/rows.h"

namespace ledger::views {

// What of a partner the text was found in.
using FoundIn = fb::FoundIn;

struct Hit {
    FoundIn in{};
    std::string text;           // all of it: the id, the name; of what is sealed, whose it is
    std::uint64_t version = 0;  // of the event that named it last; 0: not known
};

struct FoundPartner {
    std::string partner;
    std::string legal_name;
    std::vector<Hit> hits;  // at most kHitsMax
};

inline constexpr std::size_t kHitsMax = 20;

struct Search {
    std::vector<FoundPartner> partners;  // in the order of their ids
    bool more = false;                   // there are others beyond `most`
};

// What is looked for as a whole; absent: not as that.
struct Sought {
    std::string id;  // of a partner, person, order, request, key or token
    std::optional<Id128> email;
    std::optional<Id128> name;
    std::optional<Id128> secret;
};

// Those for whom an event has ever named it, by rows that lead to it: no scan.
Result<Search> find_exactly(const Snapshot& rows, const Sought& sought, std::size_t most);

// `text` is not empty. Stops at the partner after the `most`-th.
Result<Search> search_partners(const Snapshot& rows, std::string_view text, std::size_t most);

}  // namespace ledger::views
