#include "aggregates/policy/coming.h"

namespace ledger::policy {

void add_coming(Calendar& calendar, const LedgerState& ledger) {
    for (const fb::PolicyVersionT& policy : ledger.policies)
        if (calendar.today().days < policy.effective)
            calendar.add(Date{policy.effective}, fb::ComingKind::policy, {},
                         "policy version " + std::to_string(policy.version) +
                             " takes effect: " + policy.note,
                         {});
}

}  // namespace ledger::policy
