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
    const char* const dates[] = {"2000-01-01", "2020-01-01", "2020-12-01",
                                 "2020-12-10", "2020-12-15", "2021-02-01",
                                 "2023-01-01"};
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

TEST_CASE("The first versions fit into a genesis record") {
    fb::GenesisT genesis;
    genesis.ledger = std::make_unique<fb::Id128>(1, 2);
    genesis.key_check = std::make_unique<fb::Id128>(3, 4);
    genesis.policies = *policy::initial_policies();
    genesis.catalogues = *catalogue::initial_catalogues();
    CHECK(encode_genesis(genesis).size() < limits::kRecordMaxBytes / 2);
}
