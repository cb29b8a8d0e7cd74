#include "aggregates/accounts/lost_admin.h"

#include <algorithm>

#include "aggregates/permission.h"
#include "aggregates/reason.h"
#include "events/record.h"

namespace ledger::accounts {

Decision decide(const PartnerState& state, const fb::RestoreAdmin& asked, const Context& context) {
    if (auto refusal = require_support(context)) return *std::move(refusal);
    const fb::UserT* user = find_user(state, text_of(asked.user()));
    if (!user) return refuse(say::UserUnknown{});
    if ((user->roles & fb::Role::global_admin) != fb::Role::NONE)
        return nothing(say::UserGlobalAdminAlready{});
    if (auto refusal = refuse_without_reason(context, "ACC-11")) return *std::move(refusal);
    fb::AdminRestoredT restored;
    restored.user = user->id;
    // Who has a role is no plain user.
    restored.roles = (user->roles & ~fb::Role::plain_user) | fb::Role::global_admin;
    return accept(std::move(restored));
}

void evolve(PartnerState& state, const fb::AdminRestored& happened) {
    const auto user =
        std::find_if(state.users.begin(), state.users.end(),
                     [&](const fb::UserT& each) { return each.id == text_of(happened.user()); });
    if (user != state.users.end()) user->roles = happened.roles();
}

}  // namespace ledger::accounts
