// Upgrade of a silver competency to gold of the same area.
#include "aggregates/orders/terms.h"
#include "aggregates/renewals/upgrade.h"
#include "tests/support/catch.h"
#include "tests/support/competencies.h"
#include "tests/support/renewals.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kArea = "data-analytics";

fb::UpgradeOrderT upgrade_form() {
    fb::UpgradeOrderT command;
    command.order = "silver-1";
    command.new_order = "gold-1";
    command.offer = "gold-competency";
    command.payment = fb::PaymentMethod::card;
    command.list = std::make_unique<fb::MoneyT>();
    command.list->amount = 200'001;
    command.list->currency = "USD";
    command.terms_accepted = true;
    command.confirmed = true;
    return command;
}

Asked upgrade() { return ask(upgrade_form()); }

Asked upgrade_by_transfer() {
    fb::UpgradeOrderT form = upgrade_form();
    form.payment = fb::PaymentMethod::bank_transfer;
    return ask(std::move(form));
}

Asked assign(std::string_view person, std::string_view order) {
    return assign_seat(person, "", order, kEnterprise);
}

// Anniversary 2022-01-10, window to 2022-02-09.
Story with_silver() {
    return qualified({kArea}, "2021-01-05").with(buy_silver(kArea, "silver-1"), "2021-01-10");
}

// Requirements that serve until a year later.
Story qualified_again(std::string_view on) {
    return with_silver().with(record_requirements(kArea), on);
}

}  // namespace

TEST_CASE("An upgrade costs three quarters of the list amount, half a minor unit rounded up",
          "[MEM-12]") {
    CHECK(renewals::part_of(200'001, 75) == 150'001);  // 150,000.75
    CHECK(renewals::part_of(2, 75) == 2);              // 1.5
    CHECK(renewals::part_of(1, 75) == 1);              // 0.75
    CHECK(renewals::part_of(3, 75) == 2);              // 2.25
    CHECK(renewals::part_of(1'000'000'000'000, 75) == 750'000'000'000);
    const Story story = with_silver().with(upgrade(), "2021-06-01");
    CHECK(order_of(story, "gold-1").charge_amount == 150'001);
}

TEST_CASE("Gold replaces silver from the day of the upgrade, for a year", "[MEM-12][BEN-07]") {
    const Story story = with_silver()
                            .with(assign("kim", "silver-1"), "2021-03-01")
                            .with(assign("lee", "silver-1"), "2021-02-01")
                            .with(upgrade(), "2021-06-01");
    const fb::OrderT& gold = order_of(story, "gold-1");
    CHECK(gold.start == day("2021-06-01").days);
    CHECK(gold.anniversary == day("2022-06-01").days);
    CHECK(gold.competency == kArea);
    CHECK(gold.core);
    CHECK(order_of(story, "silver-1").replaced_by == "gold-1");
    CHECK(orders::term_of(order_of(story, "silver-1"), day("2021-06-01"),
                          policies_of(story.ledger())) == orders::Term::replaced);
    CHECK(granted_in(story, "gold-1") == 10);
    std::vector<std::string> persons;
    for (const fb::BenefitT& benefit : gold.benefits)
        if (benefit.sku == kEnterprise)
            for (const fb::SeatT& seat : benefit.seats) persons.push_back(seat.person);
    CHECK(persons == std::vector<std::string>{"lee", "kim"});
    given(story)
        .when(assign("max", "silver-1"))
        .at("2021-06-02")
        .refused("order.replaced")
        .under_rule("MEM-12");
    given(story).when(renew("silver-1", "silver-2")).at("2022-01-11").refused("order.replaced");
}

TEST_CASE("Silver is upgraded while it is active or in its window", "[MEM-12]") {
    const Story story = qualified_again("2021-12-01");
    for (const char* date : {"2021-12-01", "2022-01-10", "2022-01-11", "2022-02-09"})
        CHECK(order_of(story.with(upgrade(), date), "gold-1").start == day(date).days);
    given(story).when(upgrade()).at("2022-02-10").refused("membership.read-only");
    // Another order keeps the account writable.
    const Story beside = story.with(purchase("learning-action-pack", "lap-1"), "2022-01-20");
    given(beside).when(upgrade()).at("2022-02-10").refused("benefit.expired");
    for (const Asked& asked :
         {upgrade().by("stranger"), upgrade().by_support(), upgrade().by_system()})
        given(story).when(asked).at("2021-12-01").refused("role.missing");
    CHECK(order_of(story.with(upgrade().by("kim"), "2021-12-01"), "gold-1").core);
}

TEST_CASE("Only silver is upgraded, to gold of the same area, once", "[MEM-12]") {
    const auto refused = [](void (*spoil)(fb::UpgradeOrderT&), std::string_view code) {
        fb::UpgradeOrderT form = upgrade_form();
        spoil(form);
        given(with_silver()).when(ask(std::move(form))).at("2021-06-01").refused(code);
    };
    refused([](auto& form) { form.offer = "platinum"; }, "offer.unknown");
    refused([](auto& form) { form.order = "silver-9"; }, "order.unknown");
    refused([](auto& form) { form.new_order = "silver-1"; }, "order.exists");
    refused([](auto& form) { form.confirmed = false; }, "purchase.not-confirmed");
    refused([](auto& form) { form.list->amount = 0; }, "purchase.charge-invalid");
    refused([](auto& form) { form.offer = "silver-competency"; }, "upgrade.not-silver-to-gold");
    refused([](auto& form) { form.offer = "action-pack"; }, "upgrade.not-silver-to-gold");
    refused([](auto& form) { form.competency = "cloud-crm"; }, "upgrade.other-competency");
    fb::UpgradeOrderT named = upgrade_form();
    named.competency = kArea;
    const Story story = with_silver().with(ask(std::move(named)), "2021-06-01");
    fb::UpgradeOrderT again = upgrade_form();
    again.new_order = "gold-2";
    given(story).when(ask(std::move(again))).at("2021-06-02").refused("order.replaced");
    fb::UpgradeOrderT gold = upgrade_form();
    gold.order = "gold-1";
    gold.new_order = "gold-2";
    given(story).when(ask(std::move(gold))).at("2021-06-02").refused("upgrade.not-silver-to-gold");
}

TEST_CASE("An upgrade asks for requirements of the year before it", "[MEM-12][MEM-08]") {
    // Recorded on 2021-01-05.
    CHECK(order_of(with_silver().with(upgrade(), "2022-01-05"), "gold-1").core);
    given(with_silver()).when(upgrade()).at("2022-01-06").refused("offer.requirements-unmet");
}

TEST_CASE("Silver's fee is not refunded any more, gold's is; then silver is back by its dates",
          "[MEM-12][OFF-06]") {
    const Story story = with_silver().with(upgrade(), "2021-01-20");
    given(story)
        .when(request_cancellation("sr-1", "silver-1"))
        .at("2021-01-21")
        .refused("refund.upgraded")
        .under_rule("MEM-12");
    const Story back = story.with(request_cancellation("sr-1", "gold-1"), "2021-02-01")
                           .with(resolve_cancellation("sr-1"), "2021-02-01");
    CHECK(orders::term_of(order_of(back, "silver-1"), day("2021-02-01"),
                          policies_of(back.ledger())) == orders::Term::active);
    given(back)
        .when(request_cancellation("sr-2", "silver-1"))
        .at("2021-02-02")
        .refused("refund.upgraded");
    CHECK(order_of(back.with(assign("kim", "silver-1"), "2021-02-02"), "silver-1").replaced == 0);
    // A request from before the upgrade is not granted after it.
    const Story asked = with_silver()
                            .with(request_cancellation("sr-1", "silver-1"), "2021-01-15")
                            .with(upgrade(), "2021-01-20");
    given(asked).when(resolve_cancellation("sr-1")).at("2021-01-21").refused("refund.upgraded");
}

TEST_CASE("By bank transfer an upgrade takes effect on the day of the money", "[MEM-12][MEM-13]") {
    const Story waiting = qualified_again("2021-12-01").with(upgrade_by_transfer(), "2022-01-20");
    CHECK(order_of(waiting, "silver-1").replaced == 0);
    given(waiting)
        .when(renew("silver-1", "silver-2"))
        .at("2022-01-21")
        .refused("order.waiting-for-payment");
    const Story paid = waiting.with(receive_payment("gold-1", 150'001), "2022-02-09");
    CHECK(order_of(paid, "gold-1").start == day("2022-02-09").days);
    CHECK(order_of(paid, "gold-1").anniversary == day("2023-02-09").days);
    CHECK(order_of(paid, "silver-1").replaced == day("2022-02-09").days);
    CHECK(order_of(paid, "gold-1").core);
    // Silver's window is over: there is nothing to upgrade.
    given(waiting)
        .when(receive_payment("gold-1", 150'001))
        .at("2022-02-10")
        .refused("payment.too-late");
}
