#include "aggregates/accounts/tenants.h"

#include <algorithm>

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/row_size.h"
#include "events/limits.h"
#include "events/record.h"

namespace ledger::accounts {

Decision decide(const PartnerState& state, const fb::AddTenant& asked, const Context& context) {
    const fb::Role allowed = fb::Role::admin_agent | fb::Role::global_admin;
    if (auto refusal = require_role(state, context, allowed, "ACC-01", "Adding a tenant"))
        return *std::move(refusal);
    if (auto refusal = orders::refuse_read_only(state, context)) return *std::move(refusal);
    if (std::find(state.tenants.begin(), state.tenants.end(), text_of(asked.tenant())) !=
        state.tenants.end())
        return nothing("This tenant is the partner's already.");
    if (row_max_bytes(state) + tenant_max_bytes() > limits::kPartnerRowMaxBytes)
        return refuse(RefusalCode::partner_full);
    fb::TenantAddedT added;
    added.tenant = asked.tenant()->str();
    return accept(std::move(added));
}

void evolve(PartnerState& state, const fb::TenantAdded& happened) {
    state.tenants.push_back(happened.tenant()->str());
}

}  // namespace ledger::accounts
