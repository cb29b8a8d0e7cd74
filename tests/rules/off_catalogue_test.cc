// The catalogue and its versions.
#include "tests/support/catch.h"
#include "tests/support/own_commands.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("A catalogue version is published by support staff, numbered, not in the past",
          "[OFF-09]") {
    const fb::CatalogueVersionT today = next_catalogue("2021-02-01");
    given(sandbox()).when(publish(today)).at("2021-02-01").then(published(today));
    given(sandbox()).when(publish(today).by_system()).at("2021-02-01").refused("role.missing");
    given(sandbox())
        .when(publish(today))
        .at("2021-02-02")
        .refused("catalogue.effective-past")
        .under_rule("OFF-09");
    fb::CatalogueVersionT skipping = today;
    ++skipping.version;
    given(sandbox())
        .when(publish(skipping))
        .at("2021-02-01")
        .refused("catalogue.version-not-next")
        .under_rule("OFF-09");
    const Story story = sandbox().with(publish(today), "2021-02-01");
    CHECK(catalogue_on(story.ledger(), day("2021-01-31")).version == 1);
    CHECK(catalogue_on(story.ledger(), day("2021-02-01")).version == today.version);
}

TEST_CASE("No offer, and no SKU of an offer, stands twice in a catalogue", "[OFF-09]") {
    fb::CatalogueVersionT offer_twice = next_catalogue("2021-02-01");
    offer_twice.offers.push_back(offer_twice.offers.front());
    given(sandbox()).when(publish(offer_twice)).at("2021-02-01").refused("catalogue.id-twice");
    fb::CatalogueVersionT sku_twice = next_catalogue("2021-02-01");
    sku_twice.offers.front().grants.push_back(sku_twice.offers.front().grants.front());
    given(sandbox())
        .when(publish(sku_twice))
        .at("2021-02-01")
        .refused("catalogue.id-twice")
        .under_rule("OFF-09");
}
