// The business profile, legal name and address [ACC-08]: who may review and update it is policy. The
// day of the last review is kept for the renewal of a term [MEM-07], and a read-only account takes
// both, for it may have to be mended before the membership can go on [MEM-05]. An update is no
// review. Pure; one PartnerState in, one decision out. Refusals are listed in the order in which
// they are checked.
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/partner.h"

namespace ledger::accounts {

// role.missing: not one of whom the policy lets review the profile. Earliest: the day on which a
// version takes effect that does.
std::optional<Refusal> require_profile_role(const PartnerState& state, const Context& context,
                                            std::string_view rule);

// role.missing (who the policy lets review it). Nothing when it was reviewed on the same day.
Decision decide(const PartnerState&, const fb::ReviewProfile&, const Context&);

// role.missing, profile.nothing-given, reason.missing (for another legal name), partner.full.
// Nothing when it is so already.
Decision decide(const PartnerState&, const fb::UpdateProfile&, const Context&);

void evolve(PartnerState&, const fb::ProfileReviewed&);
void evolve(PartnerState&, const fb::ProfileUpdated&);

}  // namespace ledger::accounts
