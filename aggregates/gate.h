// The checks that every command passes before an area sees it, for partners and for the ledger
// itself, one after the other: command.too-late, command.wrong-scope, command.id-reserved,
// version.conflict, corrects.unknown-event.
#pragma once

#include <cstdint>
#include <optional>

#include "aggregates/decision.h"
#include "visit_generated.h"

namespace ledger {

// command.too-late: a command is good through the millisecond of its not_after [LED-08].
std::optional<Refusal> refuse_too_late(const fb::Command& command, const Context& context);

// command.wrong-scope, where `ledger_scope` says who is being asked.
std::optional<Refusal> refuse_wrong_scope(const fb::Command& command, bool ledger_scope);

// command.id-reserved: ids that begin with due/, merge/ or erase/ are those that the ledger derives
// for itself, so that two nodes that issue the same thing send one command. From nobody but the
// system [LED-11].
std::optional<Refusal> refuse_reserved_id(const fb::Command& command);

// version.conflict, naming the events since the expected version [LED-09].
std::optional<Refusal> refuse_version_conflict(const fb::Command& command, std::uint64_t version,
                                               const Context& context);

// corrects.unknown-event: what corrects an event names one that is there, whatever else the command
// does; `version` is that of the partner, or of the ledger itself [LED-07].
std::optional<Refusal> refuse_unknown_correction(const fb::Command& command, std::uint64_t version);

}  // namespace ledger
