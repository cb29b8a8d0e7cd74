#include "aggregates/accounts/users.h"

#include <algorithm>

#include "aggregates/orders/terms.h"
#include "aggregates/permission.h"
#include "aggregates/row_size.h"
#include "events/limits.h"
#include "events/record.h"
#include "events/seal.h"

namespace ledger::accounts {
namespace {

std::optional<Refusal> refuse_to_change_users(const PartnerState& state, const Context& context) {
    const fb::Role allowed = fb::Role::admin_agent | fb::Role::global_admin;
    if (auto refusal = require_role(state, context, allowed, "ACC-04")) return refusal;
    return orders::refuse_read_only(state, context);
}

// Roles as a user holds them: none at all is a plain user.
fb::Role roles_given(fb::Role asked) {
    const fb::Role known = asked & fb::Role::ANY;
    return known == fb::Role::NONE ? fb::Role::plain_user : known;
}

bool is_global_admin(const fb::UserT& user) {
    return (user.roles & fb::Role::global_admin) != fb::Role::NONE;
}

bool is_last_global_admin(const PartnerState& state, const fb::UserT& user) {
    return is_global_admin(user) &&
           std::count_if(state.users.begin(), state.users.end(), is_global_admin) == 1;
}

// Where it stands, or would stand, in a list sorted by id.
template <typename List>
auto place_of(List& list, std::string_view id) {
    return std::lower_bound(
        list.begin(), list.end(), id,
        [](const auto& each, std::string_view sought) { return each.id < sought; });
}

template <typename List>
bool is_at(const List& list, typename List::const_iterator at, std::string_view id) {
    return at != list.end() && at->id == id;
}

Id128 hash_of_email(BytesView sealed) { return lookup_of(sealed).value_or(Id128{}); }

// user.id-taken: another human had it [ACC-13]
std::optional<Refusal> refuse_id_of_another(const PartnerState& state, const fb::Person& person) {
    const auto at = place_of(state.former, text_of(person.id()));
    if (!is_at(state.former, at, text_of(person.id()))) return std::nullopt;
    if (hash_of_email({person.email()->data(), person.email()->size()}) ==
        Id128{at->email_high, at->email_low})
        return std::nullopt;
    return refuse(say::UserIdTaken{});
}

}  // namespace

Decision decide(const PartnerState& state, const fb::AddUser& asked, const Context& context) {
    if (auto refusal = refuse_to_change_users(state, context)) return *std::move(refusal);
    const fb::Person& person = *asked.user();
    if (find_user(state, text_of(person.id()))) return refuse(say::UserExists{});
    if (auto refusal = refuse_id_of_another(state, person)) return *std::move(refusal);
    if (state.users.size() >= limits::kPartnerMaxUsers) return refuse(say::UserLimitReached{});
    if (auto refusal = refuse_no_room(state, user_max_bytes(person))) return *std::move(refusal);
    fb::UserAddedT added;
    added.user.reset(person.UnPack());
    added.roles = roles_given(asked.roles());
    added.may_sign = asked.may_sign();
    return accept(std::move(added));
}

Decision decide(const PartnerState& state, const fb::RemoveUser& asked, const Context& context) {
    if (auto refusal = refuse_to_change_users(state, context)) return *std::move(refusal);
    const fb::UserT* user = find_user(state, text_of(asked.user()));
    if (!user) return refuse(say::UserUnknown{});
    if (is_last_global_admin(state, *user)) return refuse(say::UserLastGlobalAdmin{});
    fb::UserRemovedT removed;
    removed.user = user->id;
    return accept(std::move(removed));
}

Decision decide(const PartnerState& state, const fb::ChangeRoles& asked, const Context& context) {
    if (auto refusal = refuse_to_change_users(state, context)) return *std::move(refusal);
    const fb::UserT* user = find_user(state, text_of(asked.user()));
    if (!user) return refuse(say::UserUnknown{});
    const fb::Role roles = roles_given(asked.roles());
    const bool stays_admin = (roles & fb::Role::global_admin) != fb::Role::NONE;
    if (!stays_admin && is_last_global_admin(state, *user))
        return refuse(say::UserLastGlobalAdmin{});
    if (roles == user->roles && asked.may_sign() == user->may_sign)
        return nothing(say::UserHasTheseRoles{});
    fb::RolesChangedT changed;
    changed.user = user->id;
    changed.roles = roles;
    changed.may_sign = asked.may_sign();
    return accept(std::move(changed));
}

void evolve(PartnerState& state, const fb::UserAdded& happened) {
    const fb::Person& person = *happened.user();
    fb::UserT user;
    user.id = person.id()->str();
    user.name.assign(person.name()->begin(), person.name()->end());
    user.email.assign(person.email()->begin(), person.email()->end());
    user.roles = happened.roles();
    user.may_sign = happened.may_sign();
    const auto left = place_of(state.former, user.id);
    if (is_at(state.former, left, user.id)) state.former.erase(left);
    const auto at = place_of(state.users, user.id);
    if (is_at(state.users, at, user.id))
        *at = std::move(user);
    else
        state.users.insert(at, std::move(user));
}

void evolve(PartnerState& state, const fb::UserRemoved& happened) {
    const auto at = place_of(state.users, text_of(happened.user()));
    if (!is_at(state.users, at, text_of(happened.user()))) return;
    const Id128 email = hash_of_email(at->email);
    fb::FormerT former;
    former.id = std::move(at->id);
    former.email_high = email.high;
    former.email_low = email.low;
    state.users.erase(at);
    state.former.insert(place_of(state.former, former.id), std::move(former));
}

void evolve(PartnerState& state, const fb::RolesChanged& happened) {
    const auto at = place_of(state.users, text_of(happened.user()));
    if (!is_at(state.users, at, text_of(happened.user()))) return;
    at->roles = happened.roles();
    at->may_sign = happened.may_sign();
}

}  // namespace ledger::accounts
