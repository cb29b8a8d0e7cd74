// The catalogue and its versions.
#include "tests/support/catch.h"
#include "tests/support/own_commands.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

// With silver, gold and one area that brings a SKU of theirs.
fb::CatalogueVersionT with_area(std::string_view effective) {
    fb::CatalogueVersionT version = next_catalogue(effective);
    const fb::CatalogueVersionT first = new_ledger().catalogues.front();
    version.offers = first.offers;
    version.competencies = {first.competencies.front()};
    return version;
}

}  // namespace

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

TEST_CASE("No competency, and no SKU of one, stands twice in a catalogue", "[OFF-09][MEM-01]") {
    const fb::CatalogueVersionT fine = with_area("2021-02-01");
    CHECK(catalogue_on(sandbox().with(publish(fine), "2021-02-01").ledger(), day("2021-02-01"))
              .version == fine.version);
    fb::CatalogueVersionT area_twice = fine;
    area_twice.competencies.push_back(area_twice.competencies.front());
    given(sandbox()).when(publish(area_twice)).at("2021-02-01").refused("catalogue.id-twice");
    for (const auto lines : {&fb::CompetencyT::silver, &fb::CompetencyT::gold}) {
        fb::CatalogueVersionT sku_twice = fine;
        auto& area = sku_twice.competencies.front().*lines;
        area.push_back(area.front());
        given(sandbox()).when(publish(sku_twice)).at("2021-02-01").refused("catalogue.id-twice");
    }
}

TEST_CASE("A competency grants a SKU in the kind and unit in which its level does", "[OFF-09]") {
    for (const auto lines : {&fb::CompetencyT::silver, &fb::CompetencyT::gold}) {
        fb::CatalogueVersionT other_kind = with_area("2021-02-01");
        (other_kind.competencies.front().*lines).front().kind = fb::BenefitKind::download;
        given(sandbox())
            .when(publish(other_kind))
            .at("2021-02-01")
            .refused("catalogue.sku-differs")
            .under_rule("OFF-09");
        fb::CatalogueVersionT other_unit = with_area("2021-02-01");
        (other_unit.competencies.front().*lines).front().unit = fb::Unit::licence;
        given(sandbox())
            .when(publish(other_unit))
            .at("2021-02-01")
            .refused("catalogue.sku-differs");
    }
}
