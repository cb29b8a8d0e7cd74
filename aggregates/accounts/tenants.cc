#include "aggregates/accounts/tenants.h"

#include "aggregates/cloud/tokens.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/reason.h"
#include "aggregates/row_size.h"
#include "aggregates/visual_studio/seats.h"
#include "events/record.h"

namespace ledger::accounts {
namespace {

std::optional<Refusal> refuse_admin(const PartnerState& state, const Context& context,
                                    std::string_view rule) {
    const fb::Role allowed = fb::Role::admin_agent | fb::Role::global_admin;
    if (auto refusal = require_role(state, context, allowed, rule)) return refusal;
    return orders::refuse_read_only(state, context);
}

// What of the partner stands on a tenant of its own.
std::optional<Refusal> refuse_in_use(const PartnerState& state, std::string_view tenant,
                                     const Context& context) {
    const std::optional<Date> until = cloud::subscribed_until(state, tenant);
    if (until && context.today <= *until) {
        Refusal refusal = refuse(say::TenantSubscribed{.until = *until});
        refusal.earliest = plus_days(*until, 1);
        return refusal;
    }
    if (const auto seat = visual_studio::seat_of_no_user(state, context))
        return refuse(say::TenantSeatsHeld{.seat = *seat});
    return std::nullopt;
}

}  // namespace

Decision decide(const PartnerState& state, const fb::AddTenant& asked, const Context& context) {
    if (auto refusal = refuse_admin(state, context, "ACC-01")) return *std::move(refusal);
    if (has_tenant(state, text_of(asked.tenant()))) return nothing(say::TenantAddedAlready{});
    if (is_named_tenant(state, text_of(asked.tenant()))) return nothing(say::TenantNamedAlready{});
    if (auto refusal = refuse_no_room(state, tenant_max_bytes())) return *std::move(refusal);
    fb::TenantAddedT added;
    added.tenant = asked.tenant()->str();
    return accept(std::move(added));
}

Decision decide(const PartnerState& state, const fb::ConfirmTenant& asked, const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    if (has_tenant(state, text_of(asked.tenant()))) return nothing(say::TenantConfirmedAlready{});
    if (!is_named_tenant(state, text_of(asked.tenant()))) return refuse(say::TenantUnknown{});
    fb::TenantConfirmedT confirmed;
    confirmed.tenant = asked.tenant()->str();
    confirmed.on = context.today.days;
    return accept(std::move(confirmed));
}

Decision decide(const PartnerState& state, const fb::RemoveTenant& asked, const Context& context) {
    if (context.actor_kind != fb::ActorKind::support)
        if (auto refusal = refuse_admin(state, context, "ACC-12")) return *std::move(refusal);
    const std::string_view tenant = text_of(asked.tenant());
    const bool own = has_tenant(state, tenant);
    if (!own && !is_named_tenant(state, tenant)) return refuse(say::TenantUnknown{});
    if (own && state.tenants.front() == tenant) return refuse(say::TenantRegisteredWith{});
    if (own)
        if (auto refusal = refuse_in_use(state, tenant, context)) return *std::move(refusal);
    if (auto refusal = refuse_without_reason(context, "ACC-12")) return *std::move(refusal);
    fb::TenantRemovedT removed;
    removed.tenant = tenant;
    removed.on = context.today.days;
    return accept(std::move(removed));
}

void evolve(PartnerState& state, const fb::TenantAdded& happened) {
    state.named_tenants.push_back(happened.tenant()->str());
}

void evolve(PartnerState& state, const fb::TenantConfirmed& happened) {
    std::erase(state.named_tenants, text_of(happened.tenant()));
    if (!has_tenant(state, text_of(happened.tenant())))
        state.tenants.push_back(happened.tenant()->str());
}

void evolve(PartnerState& state, const fb::TenantRemoved& happened) {
    std::erase(state.tenants, text_of(happened.tenant()));
    std::erase(state.named_tenants, text_of(happened.tenant()));
}

}  // namespace ledger::accounts
