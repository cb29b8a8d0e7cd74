#include "aggregates/accounts/tenants.h"

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::accounts {

Decision decide(const PartnerState& state, const fb::AddTenant& asked, const Context& context) {
    const fb::Role allowed = fb::Role::admin_agent | fb::Role::global_admin;
    if (auto refusal = require_role(state, context, allowed, "ACC-01")) return *std::move(refusal);
    if (auto refusal = orders::refuse_read_only(state, context)) return *std::move(refusal);
    if (has_tenant(state, text_of(asked.tenant()))) return nothing(say::TenantAddedAlready{});
    if (auto refusal = refuse_no_room(state, tenant_max_bytes())) return *std::move(refusal);
    fb::TenantAddedT added;
    added.tenant = asked.tenant()->str();
    return accept(std::move(added));
}

void evolve(PartnerState& state, const fb::TenantAdded& happened) {
    state.tenants.push_back(happened.tenant()->str());
}

}  // namespace ledger::accounts
