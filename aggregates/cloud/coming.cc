#include "aggregates/cloud/coming.h"

#include "aggregates/orders/terms.h"
#include "refusals_generated.h"

namespace ledger::cloud {

void add_coming(Calendar& calendar, const fb::OrderT& order, const fb::BenefitT& benefit,
                const Policies& policies) {
    if (!orders::has_begun(orders::term_of(order, calendar.today(), policies))) return;
    for (const fb::KeyT& token : benefit.keys)
        if (token.until != 0)
            calendar.add(Date{token.until}, fb::ComingKind::subscription_end, order.id,
                         tell(say::ComingSubscriptionEnd{.token = token.id, .sku = benefit.sku}));
}

}  // namespace ledger::cloud
