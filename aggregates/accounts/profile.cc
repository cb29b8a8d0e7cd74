#include "aggregates/accounts/profile.h"

#include "aggregates/permission.h"
#include "aggregates/policy/first_day.h"
#include "aggregates/reason.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::accounts {
namespace {

// Given, and other than what is there.
bool differs(const flatbuffers::String* given, const std::string& is) {
    return given && text_of(given) != is;
}

// A version from before the policy knew them gives none.
fb::Role profile_roles(const fb::PolicyVersionT& policy) {
    return policy.profile_roles == fb::Role::NONE ? fb::Role::global_admin | fb::Role::account_admin
                                                  : policy.profile_roles;
}

}  // namespace

std::optional<Refusal> require_profile_role(const PartnerState& state, const Context& context,
                                            std::string_view rule) {
    auto refusal = require_role(state, context, profile_roles(context.policy), rule);
    const fb::Role held = roles_of(state, context.actor_kind, context.actor_id);
    if (refusal && held != fb::Role::NONE)
        refusal->earliest = policy::first_day(
            context.policies, context.today, [held](const fb::PolicyVersionT& later) {
                return (held & profile_roles(later)) != fb::Role::NONE;
            });
    return refusal;
}

Decision decide(const PartnerState& state, const fb::ReviewProfile&, const Context& context) {
    if (auto refusal = require_profile_role(state, context, "ACC-08")) return *std::move(refusal);
    if (state.profile_reviewed == context.today.days) return nothing(say::ProfileReviewedToday{});
    fb::ProfileReviewedT reviewed;
    reviewed.on = context.today.days;
    return accept(reviewed);
}

Decision decide(const PartnerState& state, const fb::UpdateProfile& asked, const Context& context) {
    if (auto refusal = require_profile_role(state, context, "ACC-08")) return *std::move(refusal);
    if (!asked.legal_name() && !asked.address()) return refuse(say::ProfileNothingGiven{});
    const bool renamed = differs(asked.legal_name(), state.legal_name);
    const bool moved = differs(asked.address(), state.address);
    if (!renamed && !moved) return nothing(say::ProfileAsGiven{});
    if (renamed)
        if (auto refusal = refuse_without_reason(context, "ACC-08")) return *std::move(refusal);
    fb::ProfileUpdatedT updated;
    if (renamed) updated.legal_name = asked.legal_name()->str();
    if (moved) updated.address = asked.address()->str();
    updated.on = context.today.days;
    if (auto refusal = refuse_no_room(state, updated.legal_name.size() + updated.address.size()))
        return *std::move(refusal);
    return accept(std::move(updated));
}

void evolve(PartnerState& state, const fb::ProfileReviewed& happened) {
    state.profile_reviewed = happened.on();
}

void evolve(PartnerState& state, const fb::ProfileUpdated& happened) {
    if (happened.legal_name()) state.legal_name = happened.legal_name()->str();
    if (happened.address()) state.address = happened.address()->str();
}

}  // namespace ledger::accounts
