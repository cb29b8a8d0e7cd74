#include "aggregates/policy/coming.h"

#include "refusals_generated.h"

namespace ledger::policy {

void add_coming(Calendar& calendar, const LedgerState& ledger) {
    for (const fb::PolicyVersionT& policy : ledger.policies)
        if (calendar.today().days < policy.effective)
            calendar.add(Date{policy.effective}, fb::ComingKind::policy, {},
                         tell(say::ComingPolicy{.version = policy.version, .note = policy.note}));
}

}  // namespace ledger::policy
