#include "aggregates/deadlines/coming.h"

#include "aggregates/deadlines/due.h"

namespace ledger::deadlines {

void add_coming(Calendar& calendar, const PartnerState& state, const Policies& policies) {
    for (const Due& due : due(state, policies, kAnyDay)) {
        switch (due.rank) {
            case Rank::lapse:
            case Rank::expiry:
                break;
            case Rank::charge:
                calendar.add(due.on, fb::ComingKind::renewal_charge, due.order,
                             "the automatic renewal of order " + due.order + " is charged",
                             "OFF-03");
                break;
            case Rank::reminder:
                calendar.add(due.on, fb::ComingKind::reminder, due.order,
                             "the admins are reminded of the renewal of order " + due.order,
                             "MEM-10");
                break;
        }
    }
}

}  // namespace ledger::deadlines
