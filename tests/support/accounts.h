// The events that the tests of accounts expect: users and their roles, the agreement, tenants.
#pragma once

#include "tests/support/rules.h"

namespace ledger::rules {

inline constexpr fb::Role kAdminAgent = fb::Role::admin_agent;
inline constexpr fb::Role kGlobalAdmin = fb::Role::global_admin;

fb::UserAddedT user_added(std::string_view id, fb::Role roles, bool may_sign);
fb::UserRemovedT user_removed(std::string_view id);
fb::RolesChangedT roles_changed(std::string_view id, fb::Role roles, bool may_sign);
fb::AgreementAcceptedT agreement_accepted(std::string_view agreement, std::string_view user);
fb::TenantAddedT tenant_added(std::string_view tenant);

}  // namespace ledger::rules
