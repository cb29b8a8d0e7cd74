// What falls due for a partner by dates alone: what the ledger does by itself, as ordinary commands
// of the system with ids derived from what they say, so that each happens once whoever issues it
// and however often. Nothing but money depends on when such a command comes: every rule is judged
// by dates. Pure; each area says what of its own falls due.
//
// An anchor is the date that an order's due dates are counted from. Anchors are a function of the
// partner's state alone, where due dates change with the policy: so anchors are what is indexed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "aggregates/partner.h"
#include "policy_generated.h"

namespace ledger::deadlines {

// The order among what falls due on one day.
enum class Rank { lapse };

struct Due {
    Date on;  // the first day on which the command is accepted
    Rank rank{};
    std::string order;
    fb::CommandBodyUnion body;
};

struct Anchor {
    Date on;
    std::string_view order;
};

// Nothing falls due earlier than so many days before its anchor.
inline constexpr int kBeforeAnchorMaxDays = 0;

// What is due and wasn't done, the first day of each at most `through`, in the order in which it is
// to be done: by day, rank and order.
std::vector<Due> due(const PartnerState& state, std::span<const fb::PolicyVersionT> policies,
                     Date through);

std::vector<Anchor> anchors(const PartnerState& state);

// The command that does it, packed: "due/lapse/2021-03-02/" and 32 hex digits of the order's
// SHA-256 as its id, by the system's actor "deadlines". Equal on every node.
Bytes command_of(std::string_view partner, const Due& due);

}  // namespace ledger::deadlines
