// What falls due for a partner by dates alone: what the ledger does by itself, as ordinary commands
// of the system with ids derived from what they say, so that each happens once whoever issues it
// and however often. Nothing but money depends on when such a command comes: every rule is judged
// by dates. Pure; each area says what of its own falls due.
//
// An anchor is the date that an order's due dates are counted from (aggregates/orders/anchor.h);
// none is due more than lead_days before it, and none of an order without one. Anchors are a
// function of the partner's state alone, where due dates change with the policy: so anchors are what
// is indexed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aggregates/partner.h"
#include "aggregates/policy/policies.h"

namespace ledger::deadlines {

// The order among what falls due on one day.
enum class Rank { lapse, expiry, charge, reminder };

struct Due {
    Date on;  // the first day on which the command is accepted
    Rank rank{};
    std::string order;

    auto operator<=>(const Due&) const = default;
};

struct Anchor {
    Date on;
    std::string_view order;
};

// Of whatever is still to come.
inline constexpr Date kAnyDay{0x7fffffff};

// What is due and wasn't done, the first day of each at most `through`, in the order in which it is
// to be done: by day, rank and order. What lies ahead is as the state and the policies are now.
std::vector<Due> due(const PartnerState& state, const Policies& policies, Date through);

// In no particular order. The state outlives them.
std::vector<Anchor> anchors(const PartnerState& state);

// As far before its anchor as anything may be due.
std::int32_t lead_days(const Policies& policies);

// "due/lapse/2021-03-02/" and 32 hex digits of the order's SHA-256, for an order's id alone may be
// as long as a command's. Such ids are the system's alone (gate.h) [LED-11].
std::string id_of(const Due& due);
// The same of something else that is done once for an order: "due/WHAT/...".
std::string derived_id(std::string_view what, Date on, std::string_view order);

// What the command says.
fb::CommandBodyUnion body_of(const Due& due);

// The command that does it, packed, by the system's actor "deadlines"; the same bytes wherever it is
// made.
Bytes command_of(std::string_view partner, const Due& due);
// Any command of the system, packed.
Bytes system_command(std::string_view partner, std::string id, std::string_view actor,
                     fb::CommandBodyUnion body);

}  // namespace ledger::deadlines
