// Renewal by hand in the window of an order: its days, its steps, what goes on into it.
#include "aggregates/orders/benefit.h"
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/orders.h"
#include "tests/support/own_commands.h"
#include "tests/support/renewals.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

// Of ap-1 of 2021-01-10 by ap-2.
fb::OfferRenewedT renewal_of_pack(std::string_view on) {
    fb::OfferRenewedT event;
    event.order = kNext;
    event.renews = kOrder;
    event.offer = "action-pack";
    event.kind = fb::OfferKind::action_pack;
    event.payment = fb::PaymentMethod::card;
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->amount = 47'500;
    event.charge->currency = "USD";
    event.on = day(on).days;
    event.start = day("2022-01-10").days;
    event.anniversary = day("2023-01-10").days;
    event.first = day("2021-01-10").days;
    event.grants = offer_on("action-pack", on).grants;
    return event;
}

fb::CarriedT carried(std::vector<std::uint32_t> seats, std::string_view from = kOrder) {
    fb::CarriedT each;
    each.sku = kSku;
    each.from_order = from;
    each.seats = std::move(seats);
    return each;
}

Story reviewed_pack() { return with_pack().with(profile_review(), "2021-06-01"); }
Story renewed_pack() { return reviewed_pack().with(renew(), "2022-01-15"); }

std::vector<std::string> holders(const Story& story, std::string_view order) {
    std::vector<std::string> persons;
    for (const fb::BenefitT& benefit : order_of(story, order).benefits)
        if (benefit.sku == kSku)
            for (const fb::SeatT& seat : benefit.seats) persons.push_back(seat.person);
    return persons;
}

orders::Term term_on(const Story& story, std::string_view order, std::string_view date) {
    return orders::term_of(order_of(story, order), day(date), policies_of(story.ledger()));
}

}  // namespace

TEST_CASE("An order is renewed from the day after its anniversary through its window",
          "[MEM-06][MEM-09][MEM-11][OFF-10]") {
    given(reviewed_pack())
        .when(renew())
        .at("2022-01-10")
        .refused("renewal.window-not-open", "2022-01-11")
        .under_rule("MEM-06")
        .at("2022-01-11")
        .then(renewal_of_pack("2022-01-11"))
        .at("2022-02-09")
        .then(renewal_of_pack("2022-02-09"))
        .at("2022-02-10")
        .refused("renewal.needs-ticket")
        .under_rule("MEM-11");
}

TEST_CASE("Any user of the partner renews, and nobody else", "[MEM-06][ACC-05]") {
    for (const char* user : {"ada", "pat", "kim"})
        given(reviewed_pack())
            .when(renew().by(user))
            .at("2022-01-11")
            .then(renewal_of_pack("2022-01-11"));
    for (const Asked& asked :
         {renew().by("stranger"), renew().by_support(), renew().by_system(), renew().by_auditor()})
        given(reviewed_pack()).when(asked).at("2022-01-11").refused("role.missing");
}

TEST_CASE("A renewal takes the steps of a purchase", "[MEM-06][OFF-10][OFF-01]") {
    const auto refused = [](void (*spoil)(fb::RenewOrderT&), std::string_view code) {
        fb::RenewOrderT form = renewal_form();
        spoil(form);
        given(reviewed_pack()).when(ask(std::move(form))).at("2022-01-11").refused(code);
    };
    refused([](auto& form) { form.order = "ap-9"; }, "order.unknown");
    refused([](auto& form) { form.new_order = kOrder; }, "order.exists");
    refused([](auto& form) { form.terms_accepted = false; }, "purchase.terms-not-accepted");
    refused([](auto& form) { form.payment = fb::PaymentMethod::none; },
            "purchase.no-payment-method");
    refused([](auto& form) { form.confirmed = false; }, "purchase.not-confirmed");
    refused([](auto& form) { form.charge->amount = 0; }, "purchase.charge-invalid");
    refused([](auto& form) { form.charge->currency = "QQQ"; }, "purchase.currency-invalid");
}

TEST_CASE("Before a renewal the profile was reviewed in the term that is renewed",
          "[MEM-07][MEM-06]") {
    given(with_pack()).when(renew()).at("2022-01-11").refused("profile.not-reviewed");
    const auto reviewed_on = [](std::string_view date) {
        return contoso().with(profile_review(), date).with_action_pack("2021-01-10");
    };
    given(reviewed_on("2021-01-09"))
        .when(renew())
        .at("2022-01-11")
        .refused("profile.not-reviewed")
        .under_rule("MEM-07");
    given(reviewed_on("2021-01-10"))
        .when(renew())
        .at("2022-01-11")
        .then(renewal_of_pack("2022-01-11"));
    // In the window too, by who may review it: it serves this renewal and the next one.
    const Story late = with_pack().with(profile_review().by("sam"), "2022-01-13");
    given(late).when(renew()).at("2022-01-13").then(renewal_of_pack("2022-01-13"));
    given(late.with(renew(), "2022-01-13")).when(renew(kNext, "ap-3")).at("2023-01-11").then([] {
        fb::OfferRenewedT event = renewal_of_pack("2023-01-11");
        event.order = "ap-3";
        event.renews = kNext;
        event.start = day("2023-01-10").days;
        event.anniversary = day("2024-01-10").days;
        return event;
    }());
}

TEST_CASE("A renewed order is over on its anniversary, and its renewal goes on from there",
          "[MEM-06][MEM-09]") {
    const Story story = renewed_pack();
    CHECK(order_of(story, kOrder).renewed_by == kNext);
    CHECK(order_of(story, kNext).renews == kOrder);
    CHECK(term_on(story, kOrder, "2022-01-15") == orders::Term::renewed);
    CHECK(term_on(story, kNext, "2022-01-15") == orders::Term::active);
    CHECK(orders::days_left(order_of(story, kNext), day("2023-01-10"),
                            policies_of(story.ledger())) == 1);
    given(story)
        .when(renew(kOrder, "ap-3"))
        .at("2022-01-16")
        .refused("renewal.done")
        .under_rule("MEM-06");
    // Not a day is lost, and the next one counts from the first again.
    CHECK(order_of(story, kNext).first == day("2021-01-10").days);
}

TEST_CASE("29 February comes back in leap years", "[MEM-09]") {
    Story story = contoso().with_action_pack("2020-02-29").with(profile_review(), "2020-03-01");
    story = story.with(turn_off(), "2020-06-01");
    const char* const anniversaries[] = {"2021-02-28", "2022-02-28", "2023-02-28", "2024-02-29",
                                         "2025-02-28"};
    std::string order(kOrder);
    for (std::size_t i = 0; i < std::size(anniversaries); ++i) {
        CHECK(order_of(story, order).anniversary == day(anniversaries[i]).days);
        const std::string next = "ap-" + std::to_string(i + 2);
        const Date on = plus_days(day(anniversaries[i]), 1);
        story = story.with(profile_review(), to_string(on));
        // Off again, so that no day of the next term renews it by itself.
        story = story.with(renew(order, next), to_string(on)).with(turn_off(next), to_string(on));
        CHECK(order_of(story, next).start == day(anniversaries[i]).days);
        order = next;
    }
}

TEST_CASE("Seats go on into the renewal, the oldest assignments first",
          "[BEN-07][MEM-06][VSS-03]") {
    const Story story = with_pack()
                            .with(profile_review(), "2021-06-01")
                            .with_seat("kim", "2021-02-01")
                            .with_seat("lee", "2021-01-20")
                            .with_seat("max", "2021-12-20")
                            .with(release_seat(3), "2022-01-11");
    fb::OfferRenewedT expected = renewal_of_pack("2022-01-15");
    // lee before kim, and the seat that max left, for it isn't free for another yet.
    expected.carried.push_back(carried({2, 1, 3}));
    given(story).when(renew()).at("2022-01-15").then(expected);
    const Story renewed = story.with(renew(), "2022-01-15");
    CHECK(holders(renewed, kNext) == std::vector<std::string>{"lee", "kim", ""});
    given(renewed)
        .when(assign_seat("nia", "", kNext))
        .at("2022-03-19")
        .refused("seat.reassign-too-early", "2022-03-20");
    given(renewed)
        .when(assign_seat("lee", "", kNext))
        .at("2022-01-16")
        .refused("seat.person-has-one");
    // Nothing more is taken of the old order.
    given(renewed)
        .when(assign_seat("nia"))
        .at("2022-01-16")
        .refused("order.renewed")
        .under_rule("BEN-07");
    given(renewed).when(release_seat(1)).at("2022-01-16").refused("order.renewed");
    given(renewed).when(move_seat(1, "nia")).at("2022-01-16").refused("order.renewed");
}

TEST_CASE("A seat that is free for anybody is not carried", "[MEM-06][BEN-07][VSS-03]") {
    const Story story = with_pack()
                            .with(profile_review(), "2021-06-01")
                            .with_seat("kim", "2021-02-01")
                            .with(release_seat(1), "2021-03-01");
    given(story).when(renew()).at("2022-01-15").then(renewal_of_pack("2022-01-15"));
}

TEST_CASE("A renewal grants what the catalogue says on its day", "[MEM-06][BEN-07][OFF-09]") {
    const Story story = renewed_pack().with(profile_review(), "2022-03-01");
    const Story again = story.with(renew(kNext, "ap-3"), "2023-01-11");
    const auto quantity = [&](std::string_view order) {
        for (const fb::BenefitT& benefit : order_of(again, order).benefits)
            if (benefit.sku == "office-365-e3") return benefit.granted;
        return 0U;
    };
    CHECK(quantity(kNext) == 10);
    CHECK(quantity("ap-3") == 5);
}

TEST_CASE("By bank transfer a renewal waits for its money, in the window at the latest",
          "[MEM-13][MEM-09][MEM-06]") {
    const Story waiting = reviewed_pack().with(renew_by_transfer(), "2022-01-15");
    CHECK(order_of(waiting, kNext).pay_by == day("2022-02-09").days);
    CHECK(term_on(waiting, kOrder, "2022-01-15") == orders::Term::in_window);
    given(waiting)
        .when(renew(kOrder, "ap-3"))
        .at("2022-01-16")
        .refused("order.waiting-for-payment");
    given(waiting)
        .when(purchase("action-pack", "ap-3"))
        .at("2022-01-16")
        .refused("offer.already-held", "2022-02-10");
    given(waiting).when(receive_payment(kNext)).at("2022-02-10").refused("payment.too-late");
    const Story paid = waiting.with(receive_payment(kNext), "2022-02-09");
    CHECK(order_of(paid, kNext).start == day("2022-01-10").days);
    CHECK(order_of(paid, kNext).anniversary == day("2023-01-10").days);
    CHECK(order_of(paid, kNext).purchased == day("2022-02-09").days);
    CHECK(order_of(paid, kOrder).renewed_by == kNext);
}

TEST_CASE("The days of refund of a renewal count from the day it was paid", "[OFF-06][MEM-06]") {
    const Story story = reviewed_pack().with(renew(), "2022-02-09");
    given(story)
        .when(request_cancellation("sr-1", kNext))
        .at("2022-03-11")
        .refused("refund.window-passed");
    const Story asked = story.with(request_cancellation("sr-1", kNext), "2022-03-10");
    const Story cancelled = asked.with(resolve_cancellation("sr-1"), "2022-03-10");
    // The dates of what it renewed speak again: its window is over.
    CHECK(order_of(cancelled, kOrder).renewed_by.empty());
    CHECK(term_on(cancelled, kOrder, "2022-03-10") == orders::Term::expired);
    given(cancelled).when(renew(kOrder, "ap-3")).at("2022-03-10").refused("renewal.needs-ticket");
}

TEST_CASE("In the window a renewal that was cancelled can be made again", "[MEM-06][OFF-06]") {
    const Story story = renewed_pack()
                            .with(request_cancellation("sr-1", kNext), "2022-01-20")
                            .with(resolve_cancellation("sr-1"), "2022-01-20");
    CHECK(term_on(story, kOrder, "2022-01-20") == orders::Term::in_window);
    const Story again = story.with(renew(kOrder, "ap-3"), "2022-01-21");
    CHECK(order_of(again, kOrder).renewed_by == "ap-3");
}

TEST_CASE("What was not taken of a renewed order is not to be had any more", "[MEM-06][BEN-07]") {
    const Story story = reviewed_pack().with(renew(), "2022-01-15");
    const Policies policies = policies_of(story.ledger());
    const fb::OrderT& old = order_of(story, kOrder);
    CHECK(orders::left_units(old, old.benefits.front(), day("2022-01-15"), policies) == 0);
    const fb::OrderT& next = order_of(story, kNext);
    CHECK(orders::left_units(next, next.benefits.front(), day("2022-01-15"), policies) == 10);
}

TEST_CASE("What was shown of a renewed order stays usable while the chain goes on",
          "[MEM-06][BEN-05][BEN-07]") {
    const Story story = renewed_pack();
    const fb::OrderT& old = order_of(story, kOrder);
    const Policies policies = policies_of(story.ledger());
    CHECK(orders::is_in_force(story.partner(), old, day("2023-02-09"), policies));
    CHECK_FALSE(orders::is_in_force(story.partner(), old, day("2023-02-10"), policies));
    CHECK(orders::is_read_only(story.partner(), day("2023-02-10"), policies));
}

TEST_CASE("A version with a longer window opens no order again that has expired",
          "[MEM-03][MEM-06]") {
    // The window of A opens on 2022-01-11: a version in force by then counts, a later one doesn't.
    const auto published = [](std::string_view effective) {
        LedgerState ledger = new_ledger();
        fb::PolicyVersionT longer = next_policy(effective);
        longer.renewal_window_days = 60;
        ledger.policies.push_back(longer);
        return reviewed_pack().under(ledger);
    };
    given(published("2022-01-11"))
        .when(renew())
        .at("2022-03-11")
        .then(renewal_of_pack("2022-03-11"))
        .at("2022-03-12")
        .refused("renewal.needs-ticket");
    given(published("2022-01-12")).when(renew()).at("2022-02-10").refused("renewal.needs-ticket");
}

TEST_CASE("What has no term is not renewed", "[MEM-06][MEM-13]") {
    const Story unpaid =
        contoso().with(profile_review(), "2021-01-10").with(order_by_transfer(), "2021-01-10");
    given(unpaid).when(renew()).at("2021-01-12").refused("order.waiting-for-payment");
    given(unpaid).when(renew()).at("2022-01-12").refused("order.lapsed");
    const Story cancelled = with_pack()
                                .with(request_cancellation(), "2021-01-12")
                                .with(resolve_cancellation(), "2021-01-12");
    given(cancelled).when(renew()).at("2022-01-11").refused("order.cancelled");
}
