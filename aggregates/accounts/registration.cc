#include "aggregates/accounts/registration.h"

#include <memory>

#include "aggregates/accounts/profile.h"
#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/reason.h"
#include "aggregates/row_size.h"
#include "events/record.h"
#include "events/seal.h"

namespace ledger::accounts {
namespace {

std::unique_ptr<fb::PersonT> copy_of(const fb::Person& person) {
    return std::unique_ptr<fb::PersonT>(person.UnPack());
}

std::vector<std::uint8_t> bytes_of(const flatbuffers::Vector<std::uint8_t>& sealed) {
    return {sealed.begin(), sealed.end()};
}

// By the keyed hash; sealed again, an equal text has other bytes.
bool same_text(const std::vector<std::uint8_t>& is,
               const flatbuffers::Vector<std::uint8_t>& given) {
    return lookup_of(is) == lookup_of({given.data(), given.size()});
}

}  // namespace

bool is_contact_verified(const PartnerState& state) {
    return state.member_since != 0 && !state.contact_unverified;
}

Decision decide(const PartnerState&, const fb::RegisterPartner& asked, const Context& context) {
    if (context.actor_kind != fb::ActorKind::user) return refuse(say::RoleMissingRegistering{});
    if (text_of(asked.user()->id()) != context.actor_id) return refuse(say::UserNotTheActor{});
    fb::PartnerRegisteredT registered;
    registered.legal_name = asked.legal_name()->str();
    registered.address = asked.address()->str();
    registered.tenant = asked.tenant()->str();
    registered.contact = copy_of(*asked.contact());
    registered.user = copy_of(*asked.user());
    registered.roles = fb::Role::global_admin | fb::Role::admin_agent;
    return accept(std::move(registered));
}

Decision decide(const PartnerState& state, const fb::AcceptAgreement& asked,
                const Context& context) {
    if (auto refusal = require_user(state, context, "ACC-02")) return *std::move(refusal);
    if (!find_user(state, context.actor_id)->may_sign) return refuse(say::AgreementNoAuthority{});
    if (auto refusal = orders::refuse_read_only(state, context)) return *std::move(refusal);
    if (text_of(asked.agreement()) == state.agreement)
        return nothing(say::AgreementAcceptedAlready{});
    fb::AgreementAcceptedT accepted;
    accepted.agreement = asked.agreement()->str();
    accepted.user = context.actor_id;
    return accept(std::move(accepted));
}

Decision decide(const PartnerState& state, const fb::VerifyContact&, const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    if (is_contact_verified(state)) return nothing(say::ContactVerifiedAlready{});
    fb::ContactVerifiedT verified;
    verified.on = context.today.days;
    return accept(verified);
}

Decision decide(const PartnerState& state, const fb::CorrectContact& asked,
                const Context& context) {
    if (context.actor_kind != fb::ActorKind::support) {
        if (auto refusal = require_profile_role(state, context, "ACC-01"))
            return *std::move(refusal);
        if (auto refusal = orders::refuse_read_only(state, context)) return *std::move(refusal);
    }
    const fb::Person& contact = *asked.contact();
    const bool same_email = same_text(state.contact_email, *contact.email());
    if (text_of(contact.id()) == state.contact_id && same_email &&
        same_text(state.contact_name, *contact.name()))
        return nothing(say::ContactAsGiven{});
    if (auto refusal = refuse_without_reason(context, "ACC-01")) return *std::move(refusal);
    if (auto refusal = refuse_no_room(state, user_max_bytes(contact))) return *std::move(refusal);
    fb::ContactCorrectedT corrected;
    corrected.contact = copy_of(contact);
    corrected.verify = !same_email;
    corrected.on = context.today.days;
    return accept(std::move(corrected));
}

void evolve(PartnerState& state, const fb::PartnerRegistered& happened) {
    state.legal_name = happened.legal_name()->str();
    state.address = happened.address()->str();
    state.tenants = {happened.tenant()->str()};
    state.contact_id = happened.contact()->id()->str();
    state.contact_name = bytes_of(*happened.contact()->name());
    state.contact_email = bytes_of(*happened.contact()->email());
    fb::UserT user;
    user.id = happened.user()->id()->str();
    user.name = bytes_of(*happened.user()->name());
    user.email = bytes_of(*happened.user()->email());
    user.roles = happened.roles();
    user.may_sign = true;
    state.users = {std::move(user)};
}

void evolve(PartnerState& state, const fb::AgreementAccepted& happened) {
    state.agreement = happened.agreement()->str();
    state.agreement_by = happened.user()->str();
}

void evolve(PartnerState& state, const fb::ContactVerified& happened) {
    if (state.member_since == 0) state.member_since = happened.on();
    state.contact_unverified = false;
}

void evolve(PartnerState& state, const fb::ContactCorrected& happened) {
    state.contact_id = happened.contact()->id()->str();
    state.contact_name = bytes_of(*happened.contact()->name());
    state.contact_email = bytes_of(*happened.contact()->email());
    if (happened.verify()) state.contact_unverified = true;
}

}  // namespace ledger::accounts
