#include "aggregates/orders/coming.h"

#include "aggregates/orders/terms.h"

namespace ledger::orders {
namespace {

void add_term(Calendar& calendar, const fb::OrderT& order, const Policies& policies) {
    calendar.add(Date{order.anniversary}, fb::ComingKind::anniversary, order.id,
                 "anniversary of order " + order.id +
                     ": last day of its term, last day to activate its benefits" +
                     (order.automatic_renewal ? "; automatic renewal is on" : ""),
                 "MEM-02");
    calendar.add(window_opens(order), fb::ComingKind::window_opens, order.id,
                 "the renewal window of order " + order.id + " opens", "MEM-03");
    calendar.add(window_closes(order, policies), fb::ComingKind::window_closes, order.id,
                 "last day of the renewal window of order " + order.id +
                     "; its benefits are lost the day after",
                 "MEM-05");
}

}  // namespace

void add_coming(Calendar& calendar, const fb::OrderT& order, const Policies& policies) {
    switch (term_of(order, calendar.today(), policies)) {
        case Term::waiting:
            calendar.add(
                Date{order.pay_by}, fb::ComingKind::pay_by, order.id,
                "last day for the money of order " + order.id + "; without it the order lapses",
                "MEM-13");
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
