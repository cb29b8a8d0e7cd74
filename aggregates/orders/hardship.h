// The extension for hardship [EXT-01]: a competency whose anniversary A falls into the days that
// the policy names is renewed without its requirements.
#pragma once

#include "policy_generated.h"
#include "state_generated.h"

namespace ledger::orders {

// `policy`: in force on the day for which it is asked.
bool has_extension(const fb::OrderT& order, const fb::PolicyVersionT& policy);

}  // namespace ledger::orders
