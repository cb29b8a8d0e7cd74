#include "projections/answers/policies.h"

#include <algorithm>

#include "aggregates/orders/grants.h"

namespace ledger::answers {
namespace {

// The day on which another version takes the place of the one in force.
template <typename Version>
flatbuffers::Optional<std::int32_t> replaced_on(const std::vector<Version>& versions,
                                                std::int32_t effective) {
    flatbuffers::Optional<std::int32_t> first;
    for (const Version& other : versions)
        if (effective < other.effective && (!first || other.effective < *first))
            first = other.effective;
    return first;
}

fb::GrantRowT row_of(const fb::OfferT& offer) {
    fb::GrantRowT row;
    row.offer = offer.id;
    row.offer_title = offer.title;
    row.offer_kind = offer.kind;
    row.retired = offer.retired;
    return row;
}

// What each area brings beside an offer of that level.
void add_areas(std::vector<fb::GrantRowT>& rows, const fb::OfferT& offer,
               const fb::CatalogueVersionT& catalogue) {
    for (const fb::CompetencyT& area : catalogue.competencies)
        for (const fb::GrantT& grant : orders::lines_of(area, offer.kind)) {
            rows.push_back(row_of(offer));
            rows.back().competency = area.id;
            rows.back().grant = std::make_unique<fb::GrantT>(grant);
        }
}

}  // namespace

fb::PolicyOnDayT policy_on_day(const LedgerState& ledger, Date day) {
    fb::PolicyOnDayT answer;
    answer.on = day.days;
    answer.policy = std::make_unique<fb::PolicyVersionT>(policy_on(ledger, day));
    answer.replaced_on = replaced_on(ledger.policies, answer.policy->effective);
    return answer;
}

fb::PoliciesT policies(const LedgerState& ledger, Date today) {
    fb::PoliciesT answer;
    answer.today = today.days;
    answer.in_force = policy_on(ledger, today).version;
    answer.policies = ledger.policies;
    return answer;
}

fb::CatalogueOnDayT catalogue_on_day(const LedgerState& ledger, Date day) {
    fb::CatalogueOnDayT answer;
    answer.on = day.days;
    answer.catalogue = std::make_unique<fb::CatalogueVersionT>(catalogue_on(ledger, day));
    answer.replaced_on = replaced_on(ledger.catalogues, answer.catalogue->effective);
    return answer;
}

std::vector<fb::GrantRowT> grant_rows(const fb::CatalogueVersionT& catalogue) {
    std::vector<fb::GrantRowT> rows;
    for (const fb::OfferT& offer : catalogue.offers) {
        if (offer.grants.empty()) rows.push_back(row_of(offer));
        for (const fb::GrantT& grant : offer.grants) {
            rows.push_back(row_of(offer));
            rows.back().grant = std::make_unique<fb::GrantT>(grant);
        }
        if (!offer.retired) add_areas(rows, offer, catalogue);
    }
    return rows;
}

}  // namespace ledger::answers
