#include "projections/answers/policies.h"

#include <algorithm>
#include <map>

#include "aggregates/orders/grants.h"
#include "projections/answers/changes.h"

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

std::unique_ptr<fb::ComparedVersionT> side(std::uint32_t version, std::int32_t effective) {
    auto side = std::make_unique<fb::ComparedVersionT>();
    side->version = version;
    side->effective = effective;
    return side;
}

template <typename Version>
std::vector<Leaf> said_by(const Version& version) {
    const json::Packed packed(version);
    std::vector<Leaf> leaves = leaves_of(packed.view(), {});
    std::erase_if(leaves, [](const Leaf& leaf) {
        return leaf.path.size() == 1 &&
               (leaf.field->name == "version" || leaf.field->name == "effective");
    });
    return leaves;
}

std::string on_one_line(std::string words) {
    std::replace(words.begin(), words.end(), '\n', ' ');
    return words;
}

template <typename Version>
fb::VersionChangesT compared(const Version& from, const Version& to) {
    const std::vector<Leaf> before = said_by(from);
    const std::vector<Leaf> after = said_by(to);
    std::map<std::vector<std::string>, const json::Field*> fields;
    for (const auto* leaves : {&before, &after})
        for (const Leaf& leaf : *leaves) fields.emplace(leaf.path, leaf.field);
    fb::VersionChangesT answer;
    answer.from = side(from.version, from.effective);
    answer.to = side(to.version, to.effective);
    for (fb::ChangeT& change : changes_between(before, after)) {
        fb::VersionChangeT& row = answer.changes.emplace_back();
        row.meaning = on_one_line(fields.at(change.path)->documentation);
        row.change = std::make_unique<fb::ChangeT>(std::move(change));
    }
    return answer;
}

}  // namespace

fb::VersionChangesT version_changes(const fb::PolicyVersionT& from, const fb::PolicyVersionT& to) {
    return compared(from, to);
}

fb::VersionChangesT version_changes(const fb::CatalogueVersionT& from,
                                    const fb::CatalogueVersionT& to) {
    return compared(from, to);
}

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
