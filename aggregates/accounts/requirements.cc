#include "aggregates/accounts/requirements.h"

#include <algorithm>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/permission.h"
#include "aggregates/row_size.h"
#include "events/record.h"

namespace ledger::accounts {
namespace {

bool is_before(const fb::RequirementT& requirement, std::string_view competency) {
    return requirement.competency < competency;
}

const fb::RequirementT* find_requirement(const PartnerState& state, std::string_view competency) {
    const auto& all = state.requirements;
    const auto found = std::lower_bound(all.begin(), all.end(), competency, is_before);
    return found != all.end() && found->competency == competency ? &*found : nullptr;
}

}  // namespace

bool requirements_met_since(const PartnerState& state, std::string_view competency, Date since) {
    const fb::RequirementT* recorded = find_requirement(state, competency);
    // A requirement that is not met has no day.
    return recorded && recorded->performance != 0 && recorded->exams != 0 &&
           std::min(recorded->performance, recorded->exams) >= since.days;
}

std::optional<Refusal> refuse_requirements_unmet(const PartnerState& state,
                                                 std::string_view competency, Date since) {
    if (requirements_met_since(state, competency, since)) return std::nullopt;
    return refuse(say::OfferRequirementsUnmet{.competency = competency, .since = since});
}

Date requirements_asked_since(Date purchase) { return plus_years(purchase, -1); }

std::optional<Date> requirements_serve_until(const fb::RequirementT& requirement) {
    if (requirement.performance == 0 || requirement.exams == 0) return std::nullopt;
    const Date recorded{std::min(requirement.performance, requirement.exams)};
    const Date last = plus_years(recorded, 1);
    // A year before 29 February is 28 February, as a year before the day before is.
    const Date next = plus_days(last, 1);
    return requirements_asked_since(next) <= recorded ? next : last;
}

Decision decide(const PartnerState& state, const fb::RecordRequirements& asked,
                const Context& context) {
    if (auto refusal = require_support_or_system(context)) return *std::move(refusal);
    const std::string_view competency = text_of(asked.competency());
    if (!catalogue::find_competency(context.catalogue, competency))
        return refuse(say::CompetencyUnknown{});
    const fb::RequirementT* recorded = find_requirement(state, competency);
    const std::int32_t performance = asked.performance_met() ? context.today.days : 0;
    const std::int32_t exams = asked.exams_validated() ? context.today.days : 0;
    if (performance == (recorded ? recorded->performance : 0) &&
        exams == (recorded ? recorded->exams : 0))
        return nothing(say::RequirementsRecordedAlready{});
    if (!recorded)
        if (auto refusal = refuse_no_room(state, requirement_max_bytes()))
            return *std::move(refusal);
    fb::RequirementsRecordedT event;
    event.competency = competency;
    event.performance = asked.performance_met();
    event.exams = asked.exams_validated();
    event.on = context.today.days;
    return accept(std::move(event));
}

void evolve(PartnerState& state, const fb::RequirementsRecorded& happened) {
    const std::string_view competency = text_of(happened.competency());
    auto& all = state.requirements;
    auto found = std::lower_bound(all.begin(), all.end(), competency, is_before);
    if (found == all.end() || found->competency != competency) {
        found = all.emplace(found);
        found->competency = competency;
    }
    found->performance = happened.performance() ? happened.on() : 0;
    found->exams = happened.exams() ? happened.on() : 0;
}

}  // namespace ledger::accounts
