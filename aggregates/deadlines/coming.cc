#include "aggregates/deadlines/coming.h"

#include "aggregates/deadlines/due.h"
#include "refusals_generated.h"

namespace ledger::deadlines {

void add_coming(Calendar& calendar, const PartnerState& state, const Policies& policies) {
    for (const Due& due : due(state, policies, kAnyDay)) {
        switch (due.rank) {
            case Rank::lapse:
            case Rank::expiry:
                break;
            case Rank::charge:
                calendar.add(due.on, fb::ComingKind::renewal_charge, due.order,
                             tell(say::ComingRenewalCharge{.order = due.order}));
                break;
            case Rank::reminder:
                calendar.add(due.on, fb::ComingKind::reminder, due.order,
                             tell(say::ComingReminder{.order = due.order}));
                break;
        }
    }
}

}  // namespace ledger::deadlines
