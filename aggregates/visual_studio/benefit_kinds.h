// Subscriptions of Visual Studio, seat by seat [VSS-01..03, BEN-03].
#pragma once

#include "aggregates/benefit_kind.h"

namespace ledger::visual_studio {

std::size_t seats_max_bytes(std::size_t quantity);
std::vector<Said> seat_rules(const fb::PolicyVersionT& policy);

inline constexpr KindOfBenefit kBenefitKinds[] = {{.kind = fb::BenefitKind::visual_studio_seat,
                                                   .has_seats = true,
                                                   .granted_max_bytes = seats_max_bytes,
                                                   .rules = seat_rules}};

}  // namespace ledger::visual_studio
