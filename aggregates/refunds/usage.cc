#include "aggregates/refunds/usage.h"

#include "aggregates/benefit_kind.h"
#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/reason.h"
#include "aggregates/software_keys/keys.h"
#include "events/record.h"

namespace ledger::refunds {
namespace {

// Why, and which event was at fault.
std::optional<Refusal> refuse_unexplained(const Context& context) {
    if (auto refusal = refuse_without_reason(context, "LED-07")) return refusal;
    if (context.corrects == 0) return refuse(say::CorrectsMissing{});
    return std::nullopt;
}

std::optional<Refusal> refuse_count(const fb::BenefitT& benefit, std::int64_t used) {
    if (used < 0)
        return refuse(say::UsageBelowZero{
            .used = benefit.used, .granted = benefit.granted, .sku = benefit.sku});
    if (used > benefit.granted)
        return refuse(say::UsageAboveGranted{
            .used = benefit.used, .granted = benefit.granted, .sku = benefit.sku});
    return std::nullopt;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::AdjustUsage& asked, const Context& context) {
    if (auto refusal = require_support(context)) return *std::move(refusal);
    orders::Sought sought = orders::find_line(state, text_of(asked.order()), text_of(asked.sku()));
    if (sought.refusal) return *std::move(sought.refusal);
    const fb::BenefitT& benefit = *sought.benefit;
    if (kind_of(benefit.kind).has_seats) return refuse(say::UsageCountedBySeats{});
    if (auto refusal = orders::refuse_without_term(*sought.order, context))
        return *std::move(refusal);
    if (auto refusal = refuse_unexplained(context)) return *std::move(refusal);
    if (asked.change() == 0) return nothing(say::UsageUnchanged{});
    const std::int64_t used = std::int64_t{benefit.used} + asked.change();
    if (auto refusal = refuse_count(benefit, used)) return *std::move(refusal);
    fb::UsageAdjustedT adjusted;
    adjusted.order = sought.order->id;
    adjusted.sku = benefit.sku;
    adjusted.change = asked.change();
    adjusted.used = static_cast<std::uint32_t>(used);
    return accept(std::move(adjusted));
}

void evolve(PartnerState& state, const fb::UsageAdjusted& happened) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    benefit->used = happened.used();
    if (benefit->kind == fb::BenefitKind::software_key)
        software_keys::mend_activations(*benefit, happened.change());
}

}  // namespace ledger::refunds
