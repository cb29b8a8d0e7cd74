#include "aggregates/orders/benefit_kinds.h"

namespace ledger::orders {

std::vector<Said> no_rules_of_their_own(const fb::PolicyVersionT&) { return {}; }

}  // namespace ledger::orders
