// Who may do what (ACC-04..09): each check gives role.missing or
// nothing. Roles come from the partner's user list, never from the caller.
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/partner.h"

namespace ledger {

// A user of the partner with one of `roles`.
std::optional<Refusal> require_role(const PartnerState& state, const Context& context,
                                    fb::Role roles, std::string_view rule);

// Any user of the partner.
std::optional<Refusal> require_user(const PartnerState& state, const Context& context,
                                    std::string_view rule);

// Who manages benefits on the day: the global admin [ACC-05], later the MPN partner admin too
// [ACC-06]. Earliest: the day on which a version takes effect by which a role of the user does.
std::optional<Refusal> require_benefit_manager(const PartnerState& state, const Context& context);

// Support staff, the system, or one of support staff and the system's own actor [ACC-09].
std::optional<Refusal> require_support(const Context& context);
std::optional<Refusal> require_system(const Context& context);
std::optional<Refusal> require_support_or_system(const Context& context);

}  // namespace ledger
