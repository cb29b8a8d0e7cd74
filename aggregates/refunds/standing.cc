#include "aggregates/refunds/standing.h"

#include "aggregates/orders/terms.h"
#include "refusals_generated.h"

namespace ledger::refunds {
namespace {

bool is_used_up(const fb::OrderT& order, fb::RefundTest test) {
    return order.software_activated || used_benefit(order, test);
}

}  // namespace

Date last_refund_day(const fb::OrderT& order, const fb::PolicyVersionT& policy) {
    return plus_days(Date{order.purchased}, policy.refund_days - 1);
}

const fb::BenefitT* used_benefit(const fb::OrderT& order, fb::RefundTest test) {
    switch (test) {
        case fb::RefundTest::software_activated:
            return nullptr;
        case fb::RefundTest::anything_used:
            for (const fb::BenefitT& benefit : order.benefits)
                if (benefit.touched) return &benefit;
            return nullptr;
    }
    return nullptr;
}

const fb::RequestT* open_request(const PartnerState& state, const fb::OrderT& order) {
    for (const fb::RequestT& request : state.requests)
        if (request.order == order.id && request.status == fb::RequestStatus::open) return &request;
    return nullptr;
}

fb::RefundStanding standing_of(const PartnerState& state, const fb::OrderT& order,
                               const Policies& policies, Date today) {
    if (order.cancelled != 0) return fb::RefundStanding::refunded;
    if (order.replaced != 0 || order.start == 0) return fb::RefundStanding::no_term;
    const fb::PolicyVersionT& policy = policies.on(today);
    const fb::RequestT* asked = open_request(state, order);
    if (is_used_up(order, asked ? asked->refund_ends_with : policy.refund_ends_with))
        return fb::RefundStanding::used_up;
    if (asked) return fb::RefundStanding::asked_for;
    return today <= last_refund_day(order, policy) ? fb::RefundStanding::open
                                                   : fb::RefundStanding::window_passed;
}

void add_coming(Calendar& calendar, const PartnerState& state, const fb::OrderT& order,
                const Policies& policies) {
    if (!orders::is_open(order, calendar.today(), policies) ||
        standing_of(state, order, policies, calendar.today()) != fb::RefundStanding::open)
        return;
    calendar.add(last_refund_day(order, policies.on(calendar.today())),
                 fb::ComingKind::refund_window_end, order.id,
                 tell(say::ComingRefundWindowEnd{.order = order.id}));
}

Said refund_rule(const fb::PolicyVersionT& policy) {
    switch (policy.refund_ends_with) {
        case fb::RefundTest::software_activated:
            return tell(say::RuleRefund{.days = policy.refund_days});
        case fb::RefundTest::anything_used:
            break;
    }
    return tell(say::RuleRefundAnyUse{.days = policy.refund_days});
}

}  // namespace ledger::refunds
