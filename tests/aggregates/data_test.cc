// The policy and catalogue data that a new ledger begins with.
#include <set>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/policy/policy.h"
#include "events/limits.h"
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("Policy versions are numbered from 1 in the order of their dates, each with its source") {
    const auto policies = policy::initial_policies();
    INFO((policies.ok() ? "" : policies.error().message));
    REQUIRE(policies.ok());
    const char* const dates[] = {"2000-01-01", "2020-01-01", "2020-12-01", "2020-12-10",
                                 "2020-12-15", "2021-02-01", "2023-01-01"};
    REQUIRE(policies->size() == std::size(dates));
    for (std::size_t i = 0; i < policies->size(); ++i) {
        CHECK((*policies)[i].version == i + 1);
        CHECK(to_string(Date{(*policies)[i].effective}) == dates[i]);
        CHECK((*policies)[i].renewal_window_days == 30);
        CHECK((*policies)[i].refund_days == 30);
        CHECK((*policies)[i].payment_days == 30);
        CHECK_FALSE((*policies)[i].note.empty());
    }
}

TEST_CASE(
    "Catalogue versions are numbered from 1 in the order of their dates, each with its source") {
    const auto catalogues = catalogue::initial_catalogues();
    INFO((catalogues.ok() ? "" : catalogues.error().message));
    REQUIRE(catalogues.ok());
    const char* const dates[] = {"2000-01-01", "2022-10-01", "2023-01-01"};
    REQUIRE(catalogues->size() == std::size(dates));
    for (std::size_t i = 0; i < catalogues->size(); ++i) {
        const fb::CatalogueVersionT& version = (*catalogues)[i];
        CHECK(version.version == i + 1);
        CHECK(to_string(Date{version.effective}) == dates[i]);
        CHECK_FALSE(version.note.empty());
        std::set<std::string> offers;
        for (const fb::OfferT& offer : version.offers) {
            INFO(offer.id);
            CHECK(offers.insert(offer.id).second);
            CHECK(catalogue::find_offer(version, offer.id) == &offer);
            CHECK(offer.retired == offer.grants.empty());
            std::set<std::string> skus;
            for (const fb::GrantT& grant : offer.grants) {
                CHECK(skus.insert(grant.sku).second);
                CHECK(grant.quantity > 0);
            }
            if (!offer.retired) CHECK(skus.count("azure-usage") == 1);
        }
        CHECK(catalogue::find_offer(version, "none") == nullptr);
    }
}

TEST_CASE("Only the lines of silver and gold are core, and all but the subscription of every offer",
          "[MRG-02]") {
    const fb::CatalogueVersionT first = catalogue::initial_catalogues()->front();
    for (const fb::OfferT& offer : first.offers)
        for (const fb::GrantT& grant : offer.grants) {
            INFO(offer.id << " " << grant.sku);
            const bool of_competency =
                offer.kind == fb::OfferKind::silver || offer.kind == fb::OfferKind::gold;
            CHECK(grant.core == (of_competency && grant.sku != "azure-usage"));
            CHECK(grant.unlimited == (grant.kind == fb::BenefitKind::presales));
        }
}

TEST_CASE("Four areas bring Visual Studio seats, up to fifteen times the first grant",
          "[MEM-01][BEN-04]") {
    const auto catalogues = catalogue::initial_catalogues();
    std::set<std::string> bringing;
    for (const fb::CompetencyT& area : catalogues->front().competencies) {
        CHECK(catalogue::find_competency(catalogues->front(), area.id) == &area);
        if (area.silver.empty() && area.gold.empty()) continue;
        bringing.insert(area.id);
        REQUIRE((area.silver.size() == 1 && area.gold.size() == 1));
        CHECK(area.silver.front().sku == "visual-studio-enterprise");
        CHECK(area.silver.front().quantity == 5);
        CHECK(area.silver.front().ceiling == 75);
        CHECK(area.gold.front().quantity == 25);
        CHECK(area.gold.front().ceiling == 150);
    }
    CHECK(bringing == std::set<std::string>{"app-development", "cloud-crm", "cloud-platform",
                                            "cloud-productivity"});
    // They stay known when they are sold no more, so that they are refused for that.
    for (const fb::CatalogueVersionT& version : *catalogues)
        CHECK(version.competencies.size() == catalogues->front().competencies.size());
}

TEST_CASE("The first versions fit into a genesis record") {
    fb::GenesisT genesis;
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.policies = *policy::initial_policies();
    genesis.catalogues = *catalogue::initial_catalogues();
    CHECK(encode_genesis(genesis).size() < limits::kRecordMaxBytes / 2);
}
