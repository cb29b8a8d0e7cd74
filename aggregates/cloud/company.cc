#include "aggregates/cloud/company.h"

#include "aggregates/orders/benefit.h"
#include "events/record.h"

namespace ledger::cloud {

Decision decide(const PartnerState& state, const fb::AssignCompany& asked, const Context& context) {
    orders::Sought sought = orders::seek(
        state, orders::want(asked, fb::BenefitKind::azure_usage, refuse(say::BenefitNotCompany{})),
        context);
    if (sought.refusal) return *std::move(sought.refusal);
    if (sought.benefit->activated != 0) return nothing(say::CompanyAssignedAlready{});
    if (auto refusal = orders::refuse_lapsed(*sought.benefit, context)) return *std::move(refusal);
    fb::CompanyAssignedT assigned;
    assigned.order = sought.order->id;
    assigned.sku = sought.benefit->sku;
    assigned.on = context.today.days;
    return accept(std::move(assigned));
}

void evolve(PartnerState& state, const fb::CompanyAssigned& happened) {
    fb::BenefitT* benefit = orders::find_benefit(state, happened);
    if (!benefit) return;
    benefit->touched = true;
    benefit->activated = happened.on();
    if (benefit->used < benefit->granted) ++benefit->used;
}

}  // namespace ledger::cloud
