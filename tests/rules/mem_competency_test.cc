// Competencies: bought for an area, when what they ask for was recorded, and not twice.
#include "tests/support/catch.h"
#include "tests/support/competencies.h"
#include "tests/support/orders.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kRecorded = "2020-06-01";

// As the rules before it have it: of an area without lines of its own, with the core package.
fb::OfferPurchasedT bought(std::string_view offer, std::string_view order, fb::OfferKind kind,
                           std::string_view competency, std::string_view start,
                           std::string_view anniversary) {
    fb::OfferPurchasedT event = purchased(offer, order, kind, start, anniversary, false);
    event.competency = competency;
    event.core = true;
    return event;
}

fb::OfferPurchasedT silver(std::string_view competency, std::string_view start,
                           std::string_view anniversary) {
    return bought("silver-competency", "comp-1", fb::OfferKind::silver, competency, start,
                  anniversary);
}

}  // namespace

TEST_CASE("A competency is bought for one area that the catalogue has", "[MEM-01]") {
    const Story story = qualified({"security"}, kRecorded);
    for (const char* offer : {"silver-competency", "gold-competency"})
        given(story)
            .when(purchase(offer, "comp-1"))
            .at("2020-09-01")
            .refused("competency.missing")
            .under_rule("MEM-01");
    for (const Asked& asked : {buy_silver("gardening", "comp-1"), buy_gold("gardening", "comp-1")})
        given(story)
            .when(asked)
            .at("2020-09-01")
            .refused("competency.unknown")
            .under_rule("MEM-01");
    for (const char* offer : {"action-pack", "learning-action-pack"}) {
        fb::PurchaseOfferT form = order_form(offer, "ap-1");
        form.competency = "security";
        given(story)
            .when(ask(std::move(form)))
            .at("2020-09-01")
            .refused("competency.not-asked-for")
            .under_rule("MEM-01");
    }
    given(story)
        .when(buy_silver("security", "comp-1"))
        .at("2020-09-01")
        .then(silver("security", "2020-09-01", "2021-09-01"));
    given(story)
        .when(buy_gold("security", "comp-1"))
        .at("2020-09-01")
        .then(bought("gold-competency", "comp-1", fb::OfferKind::gold, "security", "2020-09-01",
                     "2021-09-01"));
}

TEST_CASE("The area is asked for behind the order's id and before its form", "[MEM-01]") {
    const Story story =
        qualified({"security"}, kRecorded).with(buy_silver("security", "comp-1"), "2020-06-02");
    given(story)
        .when(purchase("gold-competency", "comp-1"))
        .at("2020-09-01")
        .refused("order.exists");
    fb::PurchaseOfferT form = order_form("gold-competency", "comp-2");
    form.terms_accepted = false;
    given(story).when(ask(form)).at("2020-09-01").refused("competency.missing");
    form.competency = "gardening";
    given(story).when(ask(form)).at("2020-09-01").refused("competency.unknown");
    form.competency = "devops";
    given(story).when(ask(form)).at("2020-09-01").refused("purchase.terms-not-accepted");
}

TEST_CASE("A first purchase takes requirements that were recorded within the year before it",
          "[MEM-08]") {
    for (const Asked& asked : {buy_silver("security", "comp-1"), buy_gold("security", "comp-1")}) {
        given(contoso())
            .when(asked)
            .at("2020-09-01")
            .refused("offer.requirements-unmet")
            .under_rule("MEM-08");
        given(qualified({"devops"}, kRecorded))
            .when(asked)
            .at("2020-09-01")
            .refused("offer.requirements-unmet");
        for (const bool performance : {true, false})
            given(contoso().with(record_requirements("security", performance, !performance),
                                 kRecorded))
                .when(asked)
                .at(kRecorded)
                .refused("offer.requirements-unmet");
        given(qualified({"security"}, kRecorded)
                  .with(record_requirements("security", false, true), "2020-07-01"))
            .when(asked)
            .at("2020-07-01")
            .refused("offer.requirements-unmet");
    }
    given(qualified({"security"}, kRecorded))
        .when(buy_silver("security", "comp-1"))
        .at(kRecorded)
        .then(silver("security", kRecorded, "2021-06-01"))
        .at("2021-06-01")
        .then(silver("security", "2021-06-01", "2022-06-01"))
        .at("2021-06-02")
        .refused("offer.requirements-unmet");
}

TEST_CASE("Competencies were last sold on 2022-09-30", "[OFF-09][MEM-08]") {
    const Story story = qualified({"security"}, "2022-06-01");
    for (const char* offer : {"silver-competency", "gold-competency"}) {
        fb::PurchaseOfferT form = order_form(offer, "comp-1");
        form.competency = "security";
        given(story)
            .when(ask(form))
            .at("2022-09-30")
            .then(bought(offer, "comp-1",
                         offer[0] == 'g' ? fb::OfferKind::gold : fb::OfferKind::silver, "security",
                         "2022-09-30", "2023-09-30"))
            .at("2022-10-01")
            .refused("offer.retired")
            .under_rule("OFF-09")
            .at("2023-01-01")
            .refused("offer.retired");
        // Also where nothing is recorded.
        given(contoso()).when(ask(form)).at("2022-10-01").refused("offer.retired");
    }
}

TEST_CASE("A competency is held once at each level, through its window", "[MEM-01]") {
    // Recorded again in the term, so that a new start is possible after the window.
    const Story story = qualified({"security", "devops"}, kRecorded)
                            .with(buy_silver("security", "comp-1"), "2020-06-02")
                            .with(record_requirements("security"), "2021-05-01");
    given(story)
        .when(buy_silver("security", "comp-2"))
        .at("2021-05-02")
        .refused("offer.already-held", "2021-07-03")
        .under_rule("MEM-01")
        .at("2021-07-02")
        .refused("offer.already-held", "2021-07-03")
        .at("2021-07-03")
        .then([] {
            auto event = silver("security", "2021-07-03", "2022-07-03");
            event.order = "comp-2";
            return event;
        }());
    const Story gold = qualified({"security"}, kRecorded)
                           .with(buy_gold("security", "comp-1"), "2020-06-02")
                           .with(record_requirements("security"), "2021-05-01");
    given(gold)
        .when(buy_gold("security", "comp-2"))
        .at("2021-05-02")
        .refused("offer.already-held", "2021-07-03")
        .under_rule("MEM-01");
}

TEST_CASE("Where requirements don't serve until the window is over, no first date is named",
          "[MEM-01][MEM-08][LED-05]") {
    given(qualified({"security"}, kRecorded).with(buy_silver("security", "comp-1"), "2020-06-02"))
        .when(buy_silver("security", "comp-2"))
        .at("2020-06-03")
        .refused("offer.already-held");
}

TEST_CASE("Who has gold doesn't buy silver of the same competency", "[MEM-12]") {
    const Story story = qualified({"security", "devops"}, kRecorded)
                            .with(buy_gold("security", "comp-1"), "2020-06-02")
                            .with(record_requirements("security"), "2021-05-01");
    given(story)
        .when(buy_silver("security", "comp-2"))
        .at("2021-05-02")
        .refused("offer.gold-held", "2021-07-03")
        .under_rule("MEM-12")
        .at("2021-07-02")
        .refused("offer.gold-held", "2021-07-03")
        .at("2021-07-03")
        .then([] {
            auto event = silver("security", "2021-07-03", "2022-07-03");
            event.order = "comp-2";
            return event;
        }());
    // Of another one it does.
    const Story both = story.with(buy_silver("devops", "comp-2"), "2020-09-01");
    CHECK(order_in(both, "comp-2").competency == "devops");
}

TEST_CASE("Gold that waits for its money is in the way of silver until it has lapsed",
          "[MEM-12][MEM-13]") {
    const Story story = qualified({"security"}, kRecorded)
                            .with(by_transfer(buy_gold("security", "comp-1")), "2020-06-02");
    given(story)
        .when(buy_silver("security", "comp-2"))
        .at("2020-06-03")
        .refused("offer.gold-held", "2020-07-02");
    given(story)
        .when(buy_gold("security", "comp-2"))
        .at("2020-06-03")
        .refused("offer.already-held", "2020-07-02");
}

TEST_CASE("Gold may be bought in full beside silver of the same competency", "[MEM-12]") {
    const Story story = qualified({"security"}, kRecorded)
                            .with(buy_silver("security", "comp-1"), "2020-06-02")
                            .with(buy_gold("security", "comp-2"), "2020-06-03");
    CHECK(order_in(story, "comp-2").competency == "security");
}

TEST_CASE("An order of a competency says which, by card and by transfer", "[MEM-01][MEM-13]") {
    fb::OrderPlacedT placed;
    placed.order = "comp-1";
    placed.offer = "silver-competency";
    placed.kind = fb::OfferKind::silver;
    placed.charge = std::make_unique<fb::MoneyT>();
    placed.charge->amount = 47'500;
    placed.charge->currency = "USD";
    placed.on = day("2020-06-02").days;
    placed.pay_by = day("2020-07-01").days;
    placed.grants = offer_on("silver-competency", "2020-06-02").grants;
    placed.competency = "security";
    placed.core = true;
    given(qualified({"security"}, kRecorded))
        .when(by_transfer(buy_silver("security", "comp-1")))
        .at("2020-06-02")
        .then(placed);
}
