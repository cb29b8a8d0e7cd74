// The policy and the catalogue of a day, and when others take their place.
#include "projections/answers/policies.h"

#include "tests/support/catch.h"

namespace ledger::answers {
namespace {

fb::OfferT offer(const char* id, std::vector<const char*> skus) {
    fb::OfferT offer;
    offer.id = id;
    for (const char* sku : skus) offer.grants.emplace_back().sku = sku;
    return offer;
}

// Versions 1, 2 and 3 from day 0, 100 and 200 on.
LedgerState three_versions() {
    LedgerState ledger;
    for (std::uint32_t i = 0; i < 3; ++i) {
        fb::PolicyVersionT& policy = ledger.policies.emplace_back();
        policy.version = i + 1;
        policy.effective = static_cast<std::int32_t>(100 * i);
        fb::CatalogueVersionT& catalogue = ledger.catalogues.emplace_back();
        catalogue.version = policy.version;
        catalogue.effective = policy.effective;
        catalogue.offers = {offer("ap", {"vs", "office"}), offer("empty", {})};
    }
    return ledger;
}

}  // namespace

TEST_CASE("A day has the version that is in force on it, and the day on which that ends") {
    const LedgerState ledger = three_versions();
    CHECK(policy_on_day(ledger, Date{99}).policy->version == 1);
    CHECK(policy_on_day(ledger, Date{100}).policy->version == 2);
    CHECK(policy_on_day(ledger, Date{100}).replaced_on == 200);
    CHECK(!policy_on_day(ledger, Date{200}).replaced_on);
    CHECK(catalogue_on_day(ledger, Date{150}).catalogue->version == 2);
    CHECK(catalogue_on_day(ledger, Date{150}).replaced_on == 200);
    CHECK(catalogue_on_day(ledger, Date{150}).on == 150);
}

TEST_CASE("All policy versions are listed, those to come too") {
    const fb::PoliciesT all = policies(three_versions(), Date{120});
    CHECK(all.policies.size() == 3);
    CHECK(all.in_force == 2);
}

TEST_CASE("Each line that an offer grants is a row, and an offer without any is one too") {
    const auto rows = grant_rows(*catalogue_on_day(three_versions(), Date{0}).catalogue);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].offer == "ap");
    CHECK(rows[0].grant->sku == "vs");
    CHECK(rows[1].grant->sku == "office");
    CHECK(rows[2].offer == "empty");
    CHECK(!rows[2].grant);
}

TEST_CASE("What an area brings beside silver or gold is a row that names it, while they are sold") {
    fb::CatalogueVersionT catalogue;
    catalogue.offers = {offer("silver", {"core"}), offer("gold", {"core"})};
    catalogue.offers[0].kind = fb::OfferKind::silver;
    catalogue.offers[1].kind = fb::OfferKind::gold;
    catalogue.competencies.emplace_back().id = "bare";
    fb::CompetencyT& area = catalogue.competencies.emplace_back();
    area.id = "cloud";
    area.gold.emplace_back().sku = "extra";
    const auto rows = grant_rows(catalogue);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].offer == "gold");
    CHECK(rows[1].competency.empty());
    CHECK(rows[2].offer == "gold");
    CHECK(rows[2].competency == "cloud");
    CHECK(rows[2].grant->sku == "extra");
    catalogue.offers[1].retired = true;
    CHECK(grant_rows(catalogue).size() == 2);
}

}  // namespace ledger::answers
