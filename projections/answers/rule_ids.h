// The rules that an event goes by, as the schema says them (events/actions.h).
#pragma once

#include <string>
#include <vector>

#include "events/actions.h"

namespace ledger::answers {

inline std::vector<std::string> rule_ids(fb::Event type) {
    const auto rules = kind_of(type).rules;
    return {rules.begin(), rules.end()};
}

}  // namespace ledger::answers
