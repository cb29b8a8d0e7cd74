// The core package of a partner, of which it has one, and what areas bring beside it.
#include <map>

#include "aggregates/catalogue/catalogue.h"
#include "aggregates/orders/grants.h"
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/competencies.h"
#include "tests/support/keys.h"
#include "tests/support/orders.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kRecorded = "2020-06-01";

Story all_qualified() {
    return qualified({"app-development", "cloud-crm", "cloud-platform", "devops", "security"},
                     kRecorded);
}

std::map<std::string, std::uint32_t> lines_of(const Story& story, std::string_view order) {
    std::map<std::string, std::uint32_t> lines;
    for (const fb::BenefitT& benefit : order_in(story, order).benefits)
        lines[benefit.sku] = benefit.granted;
    return lines;
}

// Of this order's Visual Studio Enterprise.
Asked give_seat(std::string_view order, std::string_view person) {
    return assign_seat(person, "", order, kEnterprise);
}

// The ceilings of Visual Studio Enterprise in the first catalogue.
Story with_ceilings(std::uint32_t silver, std::uint32_t gold) {
    LedgerState ledger = new_ledger();
    fb::CatalogueVersionT& catalogue = ledger.catalogues.front();
    for (fb::OfferT& offer : catalogue.offers)
        for (fb::GrantT& grant : offer.grants)
            if (grant.ceiling != 0)
                grant.ceiling = offer.kind == fb::OfferKind::gold ? gold : silver;
    for (fb::CompetencyT& area : catalogue.competencies) {
        for (fb::GrantT& grant : area.silver) grant.ceiling = silver;
        for (fb::GrantT& grant : area.gold) grant.ceiling = gold;
    }
    return all_qualified().under(std::move(ledger));
}

}  // namespace

TEST_CASE("The first order of a competency has the core package of its level", "[MRG-02]") {
    const std::map<std::string, std::uint32_t> silver{{std::string(kEnterprise), 5},
                                                      {"azure-usage", 1},
                                                      {"azure-monthly-credit", 100},
                                                      {"azure-bulk-credit", 6000},
                                                      {"product-support", 15},
                                                      {"advisory-hours", 20},
                                                      {"presales", 1},
                                                      {"go-to-market-silver", 1}};
    const std::map<std::string, std::uint32_t> gold{{std::string(kEnterprise), 10},
                                                    {"azure-usage", 1},
                                                    {"azure-monthly-credit", 100},
                                                    {"azure-bulk-credit", 12000},
                                                    {"product-support", 20},
                                                    {"advisory-hours", 50},
                                                    {"presales", 1},
                                                    {"go-to-market-gold", 1}};
    const Story first = all_qualified().with(buy_silver("security", "s-1"), "2020-09-01");
    CHECK(lines_of(first, "s-1") == silver);
    CHECK(order_in(first, "s-1").core);
    const Story other = all_qualified().with(buy_gold("security", "g-1"), "2020-09-01");
    CHECK(lines_of(other, "g-1") == gold);
    CHECK(order_in(other, "g-1").core);
}

TEST_CASE("An area brings its Visual Studio seats beside the core package, or alone",
          "[MRG-02][OFF-05]") {
    const Story first = all_qualified().with(buy_silver("cloud-platform", "s-1"), "2020-09-01");
    CHECK(granted_in(first, "s-1") == 10);
    const Story second = first.with(buy_silver("cloud-crm", "s-2"), "2020-09-02");
    CHECK(lines_of(second, "s-2") ==
          std::map<std::string, std::uint32_t>{{std::string(kEnterprise), 5}, {"azure-usage", 1}});
    CHECK_FALSE(order_in(second, "s-2").core);
    const Story third = second.with(buy_silver("security", "s-3"), "2020-09-03");
    CHECK(lines_of(third, "s-3") == std::map<std::string, std::uint32_t>{{"azure-usage", 1}});
    const Story gold = all_qualified()
                           .with(buy_gold("cloud-platform", "g-1"), "2020-09-01")
                           .with(buy_gold("cloud-crm", "g-2"), "2020-09-02");
    CHECK(granted_in(gold, "g-1") == 35);
    CHECK(granted_in(gold, "g-2") == 25);
    CHECK_FALSE(order_in(gold, "g-2").core);
}

TEST_CASE("Silver beside gold has no core package", "[MRG-02]") {
    const Story story = all_qualified()
                            .with(buy_gold("security", "g-1"), "2020-09-01")
                            .with(buy_silver("cloud-crm", "s-1"), "2020-09-02");
    CHECK_FALSE(order_in(story, "s-1").core);
    CHECK(granted_in(story, "s-1") == 5);
    CHECK(order_in(story, "g-1").core);
}

TEST_CASE("An order has the core package again when no other order is open", "[MRG-02]") {
    const Story story = all_qualified()
                            .with(buy_silver("security", "s-1"), "2020-06-02")
                            .with(record_requirements("cloud-crm"), "2021-05-01");
    // The last day of the window, and the day after.
    const Story in_window = story.with(buy_silver("cloud-crm", "s-2"), "2021-07-02");
    CHECK_FALSE(order_in(in_window, "s-2").core);
    const Story after = story.with(buy_silver("cloud-crm", "s-2"), "2021-07-03");
    CHECK(order_in(after, "s-2").core);
    CHECK(granted_in(after, "s-2") == 10);
}

TEST_CASE("Gold takes the core package over from silver, and its event names both", "[MRG-02]") {
    const Story silver = all_qualified().with(buy_silver("cloud-crm", "s-1"), "2020-09-01");
    fb::OfferPurchasedT gold =
        purchased("gold-competency", "g-1", fb::OfferKind::gold, "2020-09-02", "2021-09-02", false);
    gold.competency = "security";
    gold.core = true;
    gold.core_from = {"s-1"};
    given(silver).when(buy_gold("security", "g-1")).at("2020-09-02").then(gold);
    const Story both = silver.with(buy_gold("security", "g-1"), "2020-09-02");
    CHECK(order_in(both, "g-1").core);
    CHECK_FALSE(order_in(both, "s-1").core);
    // What was granted stays said; of it only the area's own is to be had [OFF-09, BEN-04].
    CHECK(granted_in(both, "s-1") == 10);
    CHECK(left_in(silver, "s-1", "2020-09-02") == 10);
    CHECK(left_in(both, "s-1", "2020-09-02") == 5);
    CHECK(left_in(both, "s-1", "2020-09-02", "product-support") == 0);
    CHECK(left_in(both, "s-1", "2020-09-02", "azure-usage") == 1);
    CHECK(left_in(both, "g-1", "2020-09-02") == 10);
}

TEST_CASE("Of silver's core package no more is taken once gold has it, and what was taken stays",
          "[MRG-02][BEN-04]") {
    Story story = all_qualified().with(buy_silver("security", "s-1"), "2020-09-01");
    for (const char* person : {"kim", "lee"})
        story = story.with(give_seat("s-1", person), "2020-09-02");
    const Story both = story.with(buy_gold("devops", "g-1"), "2020-09-03");
    given(both)
        .when(give_seat("s-1", "max"))
        .at("2020-09-03")
        .refused("benefit.core-moved")
        .under_rule("MRG-02");
    CHECK(order_in(both, "s-1").benefits.front().seats.size() == 2);
    // Who has a seat keeps it, and gets no second one.
    given(both).when(give_seat("g-1", "kim")).at("2020-09-03").refused("seat.person-has-one");
    CHECK(left_in(both, "s-1", "2020-09-03") == 0);
}

TEST_CASE("Whatever the kind, nothing is taken first of a core package that went away",
          "[MRG-02][SWK-02]") {
    constexpr Line kTools{"tools", "s-1"};
    LedgerState ledger = new_ledger();
    for (fb::OfferT& offer : ledger.catalogues.front().offers) {
        if (offer.kind != fb::OfferKind::silver) continue;
        fb::GrantT& grant = offer.grants.emplace_back();
        grant.sku = kTools.sku;
        grant.title = "Tools";
        grant.kind = fb::BenefitKind::download;
        grant.quantity = 1;
        grant.core = true;
    }
    const Story silver =
        all_qualified().under(std::move(ledger)).with(buy_silver("security", "s-1"), "2020-09-01");
    given(silver)
        .when(record_download(kTools))
        .at("2020-09-02")
        .then(download_recorded(kTools, 1, "2020-09-02"));
    given(silver.with(buy_gold("devops", "g-1"), "2020-09-02"))
        .when(record_download(kTools))
        .at("2020-09-02")
        .refused("benefit.core-moved")
        .under_rule("MRG-02");
    // What was there already is loaded again, and counts nothing.
    given(silver.with(record_download(kTools), "2020-09-02")
              .with(buy_gold("devops", "g-1"), "2020-09-02"))
        .when(record_download(kTools))
        .at("2020-09-02")
        .then(download_recorded(kTools, 0, "2020-09-02"));
}

TEST_CASE("Beside a core package that went away an area's seats are taken to the last one",
          "[MRG-02][BEN-04]") {
    Story story = all_qualified()
                      .with(buy_silver("cloud-crm", "s-1"), "2020-09-01")
                      .with(buy_gold("devops", "g-1"), "2020-09-02");
    for (const char* person : {"kim", "lee", "max", "nia"})
        story = story.with(give_seat("s-1", person), "2020-09-03");
    given(story.with(give_seat("s-1", "sam"), "2020-09-03"))
        .when(give_seat("s-1", "zoe"))
        .at("2020-09-03")
        .refused("benefit.core-moved");
    given(story).when(give_seat("s-1", "sam")).at("2020-09-03").then([] {
        fb::SeatAssignedT event = seat_assigned(5, "sam", "2020-09-03");
        event.order = "s-1";
        event.sku = kEnterprise;
        return event;
    }());
}

TEST_CASE("Gold that is cancelled gives the core package back", "[MRG-02][OFF-06]") {
    const Story both = all_qualified()
                           .with(buy_silver("cloud-crm", "s-1"), "2020-09-01")
                           .with(buy_gold("security", "g-1"), "2020-09-02")
                           .with(request_cancellation("sr-1", "g-1"), "2020-09-03");
    CHECK_FALSE(order_in(both, "s-1").core);
    const Story back = both.with(resolve_cancellation("sr-1"), "2020-09-04");
    CHECK(order_in(back, "s-1").core);
    CHECK(left_in(back, "s-1", "2020-09-04") == 10);
    CHECK(left_in(back, "g-1", "2020-09-04") == 0);
}

TEST_CASE("Gold that is cancelled late takes the core package from nobody", "[MRG-02][OFF-06]") {
    // Gold's window closes on 2021-07-02.
    const Story story = all_qualified()
                            .with(buy_silver("security", "s-1"), "2020-06-02")
                            .with(buy_gold("devops", "g-1"), "2020-06-02")
                            .with(request_cancellation("sr-1", "g-1"), "2020-06-03")
                            .with(record_requirements("cloud-crm"), "2021-05-01")
                            .with(buy_silver("cloud-crm", "s-2"), "2021-07-03")
                            .with(resolve_cancellation("sr-1"), "2021-07-04");
    CHECK(order_in(story, "s-2").core);
    CHECK_FALSE(order_in(story, "s-1").core);
}

TEST_CASE("An order by transfer takes the core package when its money comes", "[MRG-02][MEM-13]") {
    const Story waits = all_qualified()
                            .with(buy_silver("security", "s-1"), "2020-09-01")
                            .with(by_transfer(buy_gold("devops", "g-1")), "2020-09-02");
    CHECK(order_in(waits, "s-1").core);
    CHECK(left_in(waits, "s-1", "2020-09-03") == 5);
    const Story paid = waits.with(receive_payment("g-1"), "2020-09-04");
    CHECK(order_in(paid, "g-1").core);
    CHECK(order_in(paid, "g-1").core_from == std::vector<std::string>{"s-1"});
    CHECK_FALSE(order_in(paid, "s-1").core);
    CHECK(left_in(paid, "s-1", "2020-09-04") == 0);
    // An order that waits is in no other's way, and takes no package that another has by then.
    const Story meanwhile = waits.with(buy_gold("cloud-crm", "g-2"), "2020-09-03");
    CHECK(order_in(meanwhile, "g-2").core);
    const Story late = meanwhile.with(receive_payment("g-1"), "2020-09-04");
    CHECK_FALSE(order_in(late, "g-1").core);
    CHECK(order_in(late, "g-2").core);
    CHECK(left_in(late, "g-1", "2020-09-04") == 0);
    CHECK(left_in(late, "g-1", "2020-09-04", "azure-usage") == 1);
}

TEST_CASE("Extra seats are granted up to the ceiling of their level", "[BEN-04][MRG-02]") {
    // 5 of the core package and 5 of each area.
    const auto third = [](std::uint32_t ceiling) {
        const Story story = with_ceilings(ceiling, 150)
                                .with(buy_silver("cloud-platform", "s-1"), "2020-09-01")
                                .with(buy_silver("cloud-crm", "s-2"), "2020-09-02")
                                .with(buy_silver("app-development", "s-3"), "2020-09-03");
        CHECK(granted_in(story, "s-1") == 10);
        CHECK(granted_in(story, "s-2") == 5);
        return granted_in(story, "s-3");
    };
    CHECK(third(21) == 5);
    CHECK(third(20) == 5);
    CHECK(third(19) == 4);
    CHECK(third(16) == 1);
    CHECK(third(15) == 0);
    // The area's give way before the core package's.
    for (const auto& [ceiling, granted, extra] :
         {std::tuple(9U, 9U, 4U), std::tuple(5U, 5U, 0U), std::tuple(4U, 4U, 0U)}) {
        const Story story =
            with_ceilings(ceiling, 150).with(buy_silver("cloud-platform", "s-1"), "2020-09-01");
        CHECK(granted_in(story, "s-1") == granted);
        CHECK(order_in(story, "s-1").benefits.front().extra == extra);
    }
}

TEST_CASE("A ceiling counts the orders of its own level that are open or wait",
          "[BEN-04][MRG-02]") {
    const Story story =
        with_ceilings(12, 150).with(buy_silver("cloud-platform", "s-1"), "2020-06-02");
    CHECK(granted_in(story.with(buy_silver("cloud-crm", "s-2"), "2020-06-03"), "s-2") == 2);
    CHECK(granted_in(story.with(buy_gold("cloud-crm", "g-1"), "2020-06-03"), "g-1") == 35);
    const Story waits = story.with(by_transfer(buy_silver("cloud-crm", "s-2")), "2020-06-03");
    CHECK(granted_in(waits.with(buy_silver("app-development", "s-3"), "2020-06-04"), "s-3") == 0);
    CHECK(granted_in(waits.with(buy_silver("app-development", "s-3"), "2020-07-03"), "s-3") == 2);
    // Gold takes the core package, and its five seats don't count any more.
    const Story gold = story.with(buy_gold("security", "g-1"), "2020-06-03");
    CHECK(granted_in(gold.with(buy_silver("cloud-crm", "s-2"), "2020-06-04"), "s-2") == 5);
}

TEST_CASE("Orders that end with the new one neither have the package nor count", "[MRG-02]") {
    const Story story = with_ceilings(12, 150)
                            .with(buy_silver("cloud-platform", "s-1"), "2020-09-01")
                            .with(buy_silver("cloud-crm", "s-2"), "2020-09-02");
    const LedgerState& ledger = story.ledger();
    const Date today = day("2021-09-02");
    const Policies policies = policies_of(ledger);
    const fb::CatalogueVersionT& catalogue = catalogue_on(ledger, today);
    const Context context{.now = start_of(today),
                          .today = today,
                          .actor_kind = fb::ActorKind::user,
                          .actor_id = "ada",
                          .policy = policies.on(today),
                          .policies = policies,
                          .catalogue = catalogue,
                          .event_types = {},
                          .reason = {},
                          .corrects = 0};
    const auto granted = [&](std::string_view competency, std::vector<std::string> ending) {
        return orders::grants_of(story.partner(),
                                 *catalogue::find_offer(catalogue, "silver-competency"), competency,
                                 context, ending);
    };
    const orders::Granted renewed = granted("cloud-platform", {"s-1"});
    CHECK(renewed.core.has);
    CHECK(renewed.grants.front().quantity == 10);
    CHECK_FALSE(granted("cloud-crm", {"s-2"}).core.has);
    CHECK(granted("cloud-crm", {"s-1", "s-2"}).core.has);
    CHECK(granted("cloud-crm", {"s-1", "s-2"}).grants.front().quantity == 10);
}
