// What a competency asks of the partner, its performance requirements met and its exams and skills
// validated for the year [MEM-08]: recorded by the system or support staff, kept as the days on
// which each was last so. A purchase asks for both within the year before it, a renewal within the
// term that it renews. Pure; one PartnerState in, one decision out. Refusals are listed in the order
// in which they are checked.
#pragma once

#include <optional>
#include <string_view>

#include "aggregates/partner.h"

namespace ledger::accounts {

// Both were recorded on that day or later.
bool requirements_met_since(const PartnerState& state, std::string_view competency, Date since);

// offer.requirements-unmet: they were not.
std::optional<Refusal> refuse_requirements_unmet(const PartnerState& state,
                                                 std::string_view competency, Date since);

// From when on they must have been recorded for a first purchase on that day: a year before it.
Date requirements_asked_since(Date purchase);

// The last day on which what is recorded serves a first purchase. Nothing: one of both is not met.
std::optional<Date> requirements_serve_until(const fb::RequirementT& requirement);

// role.missing (the system or support staff only), competency.unknown (in the catalogue of the
// day), partner.full. Nothing when it is recorded so, on that day, already.
Decision decide(const PartnerState&, const fb::RecordRequirements&, const Context&);

void evolve(PartnerState&, const fb::RequirementsRecorded&);

}  // namespace ledger::accounts
