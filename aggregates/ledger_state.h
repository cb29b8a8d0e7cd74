// What the ledger's own entries of one partition come to: its clock, its policy and catalogue
// versions. They stand in the log, so that a replay of an old decision finds the rule it was made
// under whatever files lie about. Pure. Versions stay in the order of their numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "aggregates/decision.h"
#include "events/date.h"
#include "record_generated.h"

namespace ledger {

struct LedgerState {
    bool sandbox = false;
    Date clock;  // of a sandbox ledger
    std::vector<fb::PolicyVersionT> policies;
    std::vector<fb::CatalogueVersionT> catalogues;
    std::uint64_t version = 0;  // ledger entries in this partition
};

LedgerState from_genesis(const fb::Genesis& genesis);

// The ledger's time: of a sandbox ledger the day its clock stands at, else the machine's; never
// earlier than the newest entry, which may come from a machine whose clock is ahead.
Time ledger_time(const LedgerState& state, Time wall, Time newest_entry);

// All of them; the state outlives it.
Policies policies_of(const LedgerState& state);

// In force on a day (in_force.h).
const fb::PolicyVersionT& policy_on(const LedgerState& state, Date date);
const fb::CatalogueVersionT& catalogue_on(const LedgerState& state, Date date);

// The ledger's own commands, for answer_of alone. Checked in this order: command.too-late,
// command.wrong-scope, command.id-reserved, version.conflict, corrects.unknown-event; then
//
//   MoveClock         role.missing (support staff or the system), ledger.not-a-sandbox,
//                     clock.backwards; nothing to do when the clock stands there already
//   PublishPolicy     role.missing (support staff), policy.version-not-next, policy.effective-past
//   PublishCatalogue  role.missing (support staff), catalogue.version-not-next,
//                     catalogue.effective-past, catalogue.id-twice, catalogue.sku-differs
Decision decide(const LedgerState& state, const fb::Command& command, const Context& context);

// Adds one of the ledger's own events; never refuses. A partner's event is a bug of the caller
// (is_ledger_event).
void evolve(LedgerState& state, const fb::Body& body);

}  // namespace ledger
