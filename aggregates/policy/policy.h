// The policy versions a new ledger begins with: what docs/rules.md says of numbers and dates that
// changed. They are data, aggregates/policy/policy.json, compiled in; a ledger takes them into
// its genesis record and from then on knows only what stands in its log.
#pragma once

#include <string_view>
#include <vector>

#include "events/result.h"
#include "policy_generated.h"

namespace ledger::policy {

// The file as it is: a JSON list of PolicyVersion tables.
std::string_view policy_json();

// Numbered from 1, in the order of their effective dates. Error: the file is not what the schema
// takes.
Result<std::vector<fb::PolicyVersionT>> initial_policies();

}  // namespace ledger::policy
