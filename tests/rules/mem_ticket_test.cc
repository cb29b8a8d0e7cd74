// Renewal of an expired order by a support ticket.
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/orders.h"
#include "tests/support/renewals.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

// Anniversary 2022-01-10, window to 2022-02-09.
Story reviewed() { return with_pack().with(profile_review(), "2021-06-01"); }

Asked without_reason() { return renew_by_ticket().saying(""); }

}  // namespace

TEST_CASE("What has expired is renewed by support, for a ticket, from the day it is paid",
          "[MEM-11]") {
    given(reviewed())
        .when(renew_by_ticket())
        .at("2022-02-09")
        .refused("renewal.not-expired", "2022-02-10")
        .under_rule("MEM-11");
    const Story story = reviewed().with(renew_by_ticket(), "2022-04-01");
    const fb::OrderT& order = order_of(story, kNext);
    CHECK(order.start == day("2022-04-01").days);
    CHECK(order.first == day("2022-04-01").days);
    CHECK(order.anniversary == day("2023-04-01").days);
    CHECK(order.ticket == "4711");
    CHECK(order_of(story, kOrder).renewed_by == kNext);
    CHECK_FALSE(
        orders::is_read_only(story.partner(), day("2022-04-01"), policies_of(story.ledger())));
    for (const Asked& asked : {renew_by_ticket().by("ada"), renew_by_ticket().by_system(),
                               renew_by_ticket().by_auditor()})
        given(reviewed()).when(asked).at("2022-04-01").refused("role.missing");
    given(reviewed())
        .when(without_reason())
        .at("2022-04-01")
        .refused("reason.missing")
        .under_rule("MEM-11");
    given(with_pack()).when(renew_by_ticket()).at("2022-04-01").refused("profile.not-reviewed");
    // On the read-only account the profile is reviewed for it.
    CHECK(
        order_of(
            with_pack().with(profile_review(), "2022-04-01").with(renew_by_ticket(), "2022-04-01"),
            kNext)
            .start == day("2022-04-01").days);
    given(story).when(renew_by_ticket(kOrder, "ap-3")).at("2022-04-02").refused("renewal.done");
}

TEST_CASE("The next renewal after a ticket counts from the day it was paid", "[MEM-11][MEM-09]") {
    const Story story =
        reviewed().with(renew_by_ticket(), "2022-04-01").with(profile_review(), "2022-05-01");
    given(story)
        .when(renew(kNext, "ap-3"))
        .at("2023-04-01")
        .refused("renewal.window-not-open", "2023-04-02");
    const Story again = story.with(renew(kNext, "ap-3"), "2023-04-02");
    CHECK(order_of(again, "ap-3").anniversary == day("2024-04-01").days);
}

TEST_CASE("By ticket and bank transfer the term starts on the day of the money",
          "[MEM-11][MEM-13]") {
    fb::RenewByTicketT form;
    form.order = kOrder;
    form.new_order = kNext;
    form.payment = fb::PaymentMethod::bank_transfer;
    form.charge = std::make_unique<fb::MoneyT>();
    form.charge->amount = 47'500;
    form.charge->currency = "USD";
    form.ticket = "4711";
    form.terms_accepted = true;
    form.confirmed = true;
    const Story waiting = reviewed().with(
        ask(std::move(form)).by_support().saying("asked for by letter"), "2022-04-01");
    CHECK(order_of(waiting, kNext).pay_by == day("2022-04-30").days);
    const Story paid = waiting.with(receive_payment(kNext), "2022-04-30");
    CHECK(order_of(paid, kNext).start == day("2022-04-30").days);
    CHECK(order_of(paid, kNext).first == day("2022-04-30").days);
    CHECK(order_of(paid, kOrder).renewed_by == kNext);
}

TEST_CASE("After a new start the expired Action Pack is not renewed beside the new one",
          "[MEM-11][MEM-05][OFF-02]") {
    const Story story = reviewed().with(purchase("action-pack", "ap-new"), "2022-03-01");
    given(story)
        .when(renew_by_ticket())
        .at("2022-04-01")
        .refused("offer.already-held", "2023-04-01");
}

TEST_CASE("Who has a seat elsewhere meanwhile has none in what a ticket renews",
          "[MEM-11][BEN-07][VSS-02]") {
    const Story story = contoso()
                            .with(profile_review(), "2021-01-10")
                            .with(purchase("learning-action-pack", "lap-1"), "2021-01-10")
                            .with(assign_seat("kim", "", "lap-1"), "2021-02-01")
                            .with(assign_seat("lee", "", "lap-1"), "2021-02-02")
                            .with(purchase("action-pack", "ap-new"), "2022-03-01")
                            .with(assign_seat("kim", "", "ap-new"), "2022-03-01")
                            .with(renew_by_ticket("lap-1", "lap-2"), "2022-04-01");
    std::vector<std::string> persons;
    for (const fb::BenefitT& benefit : order_of(story, "lap-2").benefits)
        for (const fb::SeatT& seat : benefit.seats) persons.push_back(seat.person);
    CHECK(persons == std::vector<std::string>{"lee"});
}
