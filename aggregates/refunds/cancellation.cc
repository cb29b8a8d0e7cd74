#include "aggregates/refunds/cancellation.h"

#include "aggregates/orders/charge.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/reason.h"
#include "aggregates/refunds/standing.h"
#include "aggregates/renewals/succession.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::refunds {
namespace {

const fb::RequestT* find_request(const PartnerState& state, std::string_view id) {
    for (const fb::RequestT& request : state.requests)
        if (request.id == id) return &request;
    return nullptr;
}

void settle(PartnerState& state, std::string_view id, fb::RequestStatus status, Date on,
            std::string_view reason) {
    for (fb::RequestT& request : state.requests) {
        if (request.id != id) continue;
        request.status = status;
        request.settled = on.days;
        request.reason = reason;
    }
}

std::optional<Refusal> refuse_refunded(const fb::OrderT& order) {
    if (order.cancelled == 0) return std::nullopt;
    return refuse(say::RefundAlreadyPaid{.order = order.id, .on = Date{order.cancelled}});
}

// Also when the upgrade was cancelled itself.
std::optional<Refusal> refuse_upgraded(const fb::OrderT& order) {
    if (order.replaced_by.empty()) return std::nullopt;
    return refuse(say::RefundUpgraded{.order = order.id, .by = order.replaced_by});
}

std::optional<Refusal> refuse_open_request(const PartnerState& state, const fb::OrderT& order) {
    const fb::RequestT* request = open_request(state, order);
    if (!request) return std::nullopt;
    return refuse(say::RequestOpen{.request = request->id, .order = order.id});
}

std::optional<Refusal> refuse_late(const fb::OrderT& order, const Context& context) {
    const Date last = last_refund_day(order, context.policy);
    if (context.today <= last) return std::nullopt;
    return refuse(say::RefundWindowPassed{
        .order = order.id, .until = last, .days = context.policy.refund_days});
}

// What the test finds used.
std::optional<Refusal> refuse_used(const fb::OrderT& order, fb::RefundTest test) {
    if (order.software_activated) return refuse(say::RefundSoftwareActivated{});
    const fb::BenefitT* used = used_benefit(order, test);
    if (!used) return std::nullopt;
    return refuse(say::RefundBenefitUsed{.sku = used->sku});
}

// The open request that support settles, or why it can't.
struct Sought {
    const fb::RequestT* request = nullptr;
    std::optional<Refusal> refusal;
};

Sought seek_open(const PartnerState& state, std::string_view id, const Context& context) {
    if (auto refusal = require_support(context)) return {nullptr, std::move(refusal)};
    const fb::RequestT* request = find_request(state, id);
    if (!request) return {nullptr, refuse(say::RequestUnknown{})};
    if (request->status == fb::RequestStatus::open) return {request, std::nullopt};
    const Date on{request->settled};
    if (request->status == fb::RequestStatus::refused)
        return {nullptr, refuse(say::RequestSettledRefused{.request = request->id, .on = on})};
    return {nullptr, refuse(say::RequestSettled{.request = request->id, .on = on})};
}

}  // namespace

Decision decide(const PartnerState& state, const fb::RequestCancellation& asked,
                const Context& context) {
    if (auto refusal = require_user(state, context, "OFF-06")) return *std::move(refusal);
    if (auto refusal = orders::refuse_read_only(state, context)) return *std::move(refusal);
    if (find_request(state, text_of(asked.request()))) return refuse(say::RequestExists{});
    const fb::OrderT* order = orders::find_order(state, text_of(asked.order()));
    if (!order) return refuse(say::OrderUnknown{});
    if (auto refusal = refuse_refunded(*order)) return *std::move(refusal);
    if (auto refusal = refuse_upgraded(*order)) return *std::move(refusal);
    if (auto refusal = orders::refuse_without_term(*order, context)) return *std::move(refusal);
    if (auto refusal = refuse_open_request(state, *order)) return *std::move(refusal);
    if (auto refusal = refuse_late(*order, context)) return *std::move(refusal);
    if (auto refusal = refuse_used(*order, context.policy.refund_ends_with))
        return *std::move(refusal);
    if (auto refusal = refuse_no_room(state, request_max_bytes())) return *std::move(refusal);
    fb::CancellationRequestedT requested;
    requested.request = asked.request()->str();
    requested.order = order->id;
    requested.on = context.today.days;
    requested.refund_ends_with = context.policy.refund_ends_with;
    return accept(std::move(requested));
}

Decision decide(const PartnerState& state, const fb::ResolveCancellation& asked,
                const Context& context) {
    Sought sought = seek_open(state, text_of(asked.request()), context);
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::OrderT* order = orders::find_order(state, sought.request->order);
    if (!order) return refuse(say::OrderUnknown{});
    if (auto refusal = refuse_refunded(*order)) return *std::move(refusal);
    if (auto refusal = refuse_upgraded(*order)) return *std::move(refusal);
    if (auto refusal = refuse_used(*order, sought.request->refund_ends_with))
        return *std::move(refusal);
    fb::OrderCancelledT cancelled;
    cancelled.request = sought.request->id;
    cancelled.order = order->id;
    cancelled.refund = orders::charge_of(*order);
    cancelled.on = context.today.days;
    return accept(std::move(cancelled));
}

Decision decide(const PartnerState& state, const fb::RefuseCancellation& asked,
                const Context& context) {
    Sought sought = seek_open(state, text_of(asked.request()), context);
    if (sought.refusal) return *std::move(sought.refusal);
    if (auto refusal = refuse_without_reason(context, "OFF-07")) return *std::move(refusal);
    fb::CancellationRefusedT refused;
    refused.request = sought.request->id;
    refused.order = sought.request->order;
    refused.reason = context.reason;
    refused.on = context.today.days;
    return accept(std::move(refused));
}

void evolve(PartnerState& state, const fb::CancellationRequested& happened) {
    fb::RequestT request;
    request.id = happened.request()->str();
    request.order = happened.order()->str();
    request.status = fb::RequestStatus::open;
    request.asked = happened.on();
    request.refund_ends_with = happened.refund_ends_with();
    state.requests.push_back(std::move(request));
}

void evolve(PartnerState& state, const fb::OrderCancelled& happened) {
    settle(state, text_of(happened.request()), fb::RequestStatus::granted, Date{happened.on()}, "");
    fb::OrderT* order = orders::find_order(state, text_of(happened.order()));
    if (!order) return;
    order->cancelled = happened.on();
    order->automatic_renewal = false;
    renewals::step_back(state, *order);
    orders::return_core(state, order->id);
}

void evolve(PartnerState& state, const fb::CancellationRefused& happened) {
    settle(state, text_of(happened.request()), fb::RequestStatus::refused, Date{happened.on()},
           text_of(happened.reason()));
}

}  // namespace ledger::refunds
