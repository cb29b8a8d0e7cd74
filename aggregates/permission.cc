#include "aggregates/permission.h"

#include "aggregates/policy/first_day.h"

namespace ledger {
namespace {

Word word_of(fb::ActorKind kind) {
    switch (kind) {
        case fb::ActorKind::user:
            return Word::user;
        case fb::ActorKind::support:
            return Word::support;
        case fb::ActorKind::auditor:
            return Word::auditor;
        case fb::ActorKind::system:
            return Word::system;
    }
    return Word::somebody;
}

// What an actor is that is no user of the partner; nothing for one that is.
std::optional<Word> stranger(const PartnerState& state, const Context& context) {
    if (context.actor_kind != fb::ActorKind::user) return word_of(context.actor_kind);
    if (!find_user(state, context.actor_id)) return Word::not_on_user_list;
    return std::nullopt;
}

// An auditor changes nothing, whatever the rule [ACC-09].
std::string_view rule_for(const Context& context, std::string_view rule) {
    return context.actor_kind == fb::ActorKind::auditor ? "ACC-09" : rule;
}

Refusal needs(Word takes, Word actor, std::string_view rule) {
    return refuse(say::RoleMissingOtherActor{.takes = takes, .actor = actor}, rule);
}

}  // namespace

std::optional<Refusal> require_role(const PartnerState& state, const Context& context,
                                    fb::Role roles, std::string_view rule) {
    const fb::Role held = roles_of(state, context.actor_kind, context.actor_id);
    if ((held & roles) != fb::Role::NONE) return std::nullopt;
    if (const auto actor = stranger(state, context))
        return refuse(say::RoleMissing{.roles = roles, .actor = *actor}, rule_for(context, rule));
    return refuse(say::RoleMissingOtherRole{.roles = roles, .held = held}, rule);
}

std::optional<Refusal> require_user(const PartnerState& state, const Context& context,
                                    std::string_view rule) {
    if (const auto actor = stranger(state, context))
        return needs(Word::partner_user, *actor, rule_for(context, rule));
    return std::nullopt;
}

std::optional<Refusal> require_benefit_manager(const PartnerState& state, const Context& context) {
    const fb::Role roles = context.policy.benefit_roles;
    const bool partner_admin_too = (roles & fb::Role::partner_admin) != fb::Role::NONE;
    auto refusal = require_role(state, context, roles, partner_admin_too ? "ACC-06" : "ACC-05");
    const fb::Role held = roles_of(state, context.actor_kind, context.actor_id);
    if (refusal && held != fb::Role::NONE)
        refusal->earliest = policy::first_day(
            context.policies, context.today, [held](const fb::PolicyVersionT& later) {
                return (held & later.benefit_roles) != fb::Role::NONE;
            });
    return refusal;
}

std::optional<Refusal> require_support(const Context& context) {
    if (context.actor_kind == fb::ActorKind::support) return std::nullopt;
    return needs(Word::support, word_of(context.actor_kind), "ACC-09");
}

std::optional<Refusal> require_system(const Context& context) {
    if (context.actor_kind == fb::ActorKind::system) return std::nullopt;
    return needs(Word::system, word_of(context.actor_kind), "ACC-09");
}

std::optional<Refusal> require_support_or_system(const Context& context) {
    if (context.actor_kind == fb::ActorKind::support || context.actor_kind == fb::ActorKind::system)
        return std::nullopt;
    return needs(Word::support_or_system, word_of(context.actor_kind), "ACC-09");
}

}  // namespace ledger
