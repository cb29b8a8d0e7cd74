#include "aggregates/orders/coming.h"

#include "aggregates/orders/terms.h"
#include "refusals_generated.h"

namespace ledger::orders {
namespace {

void add_term(Calendar& calendar, const fb::OrderT& order, const Policies& policies) {
    calendar.add(Date{order.anniversary}, fb::ComingKind::anniversary, order.id,
                 order.automatic_renewal ? tell(say::ComingAnniversaryAutomatic{.order = order.id})
                                         : tell(say::ComingAnniversary{.order = order.id}));
    calendar.add(window_opens(order), fb::ComingKind::window_opens, order.id,
                 tell(say::ComingWindowOpens{.order = order.id}));
    calendar.add(window_closes(order, policies), fb::ComingKind::window_closes, order.id,
                 tell(say::ComingWindowCloses{.order = order.id}));
}

}  // namespace

void add_coming(Calendar& calendar, const fb::OrderT& order, const Policies& policies) {
    switch (term_of(order, calendar.today(), policies)) {
        case Term::waiting:
            calendar.add(Date{order.pay_by}, fb::ComingKind::pay_by, order.id,
                         tell(say::ComingPayBy{.order = order.id}));
            return;
        case Term::active:
        case Term::in_window:
            return add_term(calendar, order, policies);
        case Term::lapsed:
        case Term::withdrawn:
        case Term::cancelled:
        case Term::expired:
        case Term::renewed:
        case Term::replaced:
            return;
    }
}

}  // namespace ledger::orders
