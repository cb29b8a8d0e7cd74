// What decide answers, and what it may look at beside the state: nothing else. The same state,
// command and context always give the same decision.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "aggregates/policy/policies.h"
#include "aggregates/refusal.h"
#include "command_generated.h"
#include "events/date.h"

namespace ledger {

// The one event that the command comes to [LED-01].
struct Accepted {
    fb::EventUnion event;
};

// What was asked for is so already: no event.
struct Nothing {
    Said said;
};

using Decision = std::variant<Accepted, Nothing, Refusal>;

template <typename EventT>
Decision accept(EventT event) {
    Decision decision{std::in_place_type<Accepted>};
    std::get<Accepted>(decision).event.Set(std::move(event));
    return decision;
}

template <typename Row>
Decision nothing(Row row) {
    return Nothing{{Row::kSentence, std::move(row).values()}};
}

// Made by answer_of alone. Everything it refers to outlives the decision.
struct Context {
    Time now;    // the ledger's clock
    Date today;  // its date: what the rules count in
    fb::ActorKind actor_kind{};
    std::string_view actor_id;
    const fb::PolicyVersionT& policy;        // in force today
    Policies policies;                       // for a period that opened on another day
    const fb::CatalogueVersionT& catalogue;  // in force today
    // event_types[i]: the type of this partner's event of version i + 1, for version.conflict.
    std::span<const fb::Event> event_types;
    std::string_view reason;  // why, in the actor's words; may be empty
    std::uint64_t corrects;   // the version of the event at fault; 0: none is named
};

}  // namespace ledger
