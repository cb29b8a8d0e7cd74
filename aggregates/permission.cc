#include "aggregates/permission.h"

namespace ledger {
namespace {

std::string names_of(fb::Role roles) {
    std::string names;
    for (const fb::Role role : fb::EnumValuesRole()) {
        if ((roles & role) == fb::Role::NONE) continue;
        if (!names.empty()) names += " or ";
        names += fb::EnumNameRole(role);
    }
    return names;
}

std::string_view name_of(fb::ActorKind kind) {
    switch (kind) {
        case fb::ActorKind::user:
            return "a user";
        case fb::ActorKind::support:
            return "support staff";
        case fb::ActorKind::auditor:
            return "an auditor";
        case fb::ActorKind::system:
            return "the system";
    }
    return "somebody unknown";
}

Refusal missing(std::string_view rule, std::string_view what, std::string_view takes,
                std::string_view is) {
    std::string reason(what);
    reason.append(" takes ").append(takes).append("; the actor is ").append(is).append(".");
    return refuse(RefusalCode::role_missing, rule, std::move(reason));
}

// Nothing for a user of the partner.
std::optional<Refusal> refuse_stranger(const PartnerState& state, const Context& context,
                                       std::string_view rule, std::string_view what,
                                       std::string_view takes) {
    if (context.actor_kind == fb::ActorKind::auditor)
        return missing("ACC-09", what, takes, "an auditor, who changes nothing");
    if (context.actor_kind != fb::ActorKind::user)
        return missing(rule, what, takes, name_of(context.actor_kind));
    if (!find_user(state, context.actor_id))
        return missing(rule, what, takes, "not on the partner's user list");
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> require_role(const PartnerState& state, const Context& context,
                                    fb::Role roles, std::string_view rule, std::string_view what) {
    const fb::Role held = roles_of(state, context.actor_kind, context.actor_id);
    if ((held & roles) != fb::Role::NONE) return std::nullopt;
    const std::string takes = "the role " + names_of(roles);
    if (auto refusal = refuse_stranger(state, context, rule, what, takes)) return refusal;
    return missing(rule, what, takes, "only " + names_of(held));
}

std::optional<Refusal> require_user(const PartnerState& state, const Context& context,
                                    std::string_view rule, std::string_view what) {
    return refuse_stranger(state, context, rule, what, "a user of the partner");
}

std::optional<Refusal> require_benefit_manager(const PartnerState& state, const Context& context,
                                               std::string_view what) {
    const fb::Role roles = context.policy.benefit_roles;
    const bool partner_admin_too = (roles & fb::Role::partner_admin) != fb::Role::NONE;
    return require_role(state, context, roles, partner_admin_too ? "ACC-06" : "ACC-05", what);
}

std::optional<Refusal> require_support(const Context& context, std::string_view what) {
    if (context.actor_kind == fb::ActorKind::support) return std::nullopt;
    return missing("ACC-09", what, "support staff", name_of(context.actor_kind));
}

std::optional<Refusal> require_support_or_system(const Context& context, std::string_view what) {
    if (context.actor_kind == fb::ActorKind::support || context.actor_kind == fb::ActorKind::system)
        return std::nullopt;
    return missing("ACC-09", what, "support staff or the system", name_of(context.actor_kind));
}

}  // namespace ledger
