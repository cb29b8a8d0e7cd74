// Automatic renewal: the charge is ordered on the anniversary, and its result renews the order.
#include "aggregates/deadlines/due.h"
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/orders.h"
#include "tests/support/renewals.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kAnniversary = "2021-11-30";
constexpr std::string_view kRenewal = "renewal-2021-11-30";

// On the last day on which it still comes with automatic renewal. Window to 2021-12-30.
Story automatic_pack() { return contoso().with_action_pack("2020-11-30"); }

fb::RenewalChargeOrderedT ordered(std::string_view on) {
    fb::RenewalChargeOrderedT event;
    event.order = kOrder;
    event.new_order = kRenewal;
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->amount = 47'500;
    event.charge->currency = "USD";
    event.due = day(kAnniversary).days;
    event.on = day(on).days;
    return event;
}

fb::RenewalChargeFailedT failed(std::string_view on, std::string_view detail,
                                std::string_view new_order = kRenewal) {
    fb::RenewalChargeFailedT event;
    event.order = kOrder;
    event.new_order = new_order;
    event.detail = detail;
    event.on = day(on).days;
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->amount = 47'500;
    event.charge->currency = "USD";
    return event;
}

fb::OfferRenewedT renewed(std::string_view on, bool automatic_renewal = true) {
    fb::OfferRenewedT event;
    event.order = kRenewal;
    event.renews = kOrder;
    event.offer = "action-pack";
    event.kind = fb::OfferKind::action_pack;
    event.payment = fb::PaymentMethod::card;
    event.charge = std::make_unique<fb::MoneyT>();
    event.charge->amount = 47'500;
    event.charge->currency = "USD";
    event.on = day(on).days;
    event.start = day(kAnniversary).days;
    event.anniversary = day("2022-11-30").days;
    event.first = day("2020-11-30").days;
    event.automatic = true;
    event.automatic_renewal = automatic_renewal;
    event.grants = offer_on("action-pack", on).grants;
    return event;
}

Story charged(std::string_view on = kAnniversary) {
    return automatic_pack().with(order_charge(), on);
}

bool is_charge_due(const Story& story, std::string_view through) {
    for (const deadlines::Due& each :
         deadlines::due(story.partner(), policies_of(story.ledger()), day(through)))
        if (each.rank == deadlines::Rank::charge) return true;
    return false;
}

}  // namespace

TEST_CASE("The charge of a renewal is ordered on the anniversary, or late in the window",
          "[OFF-03]") {
    given(automatic_pack())
        .when(order_charge())
        .at("2021-11-29")
        .refused("renewal.not-due", "2021-11-30")
        .at("2021-11-30")
        .then(ordered("2021-11-30"))
        .at("2021-12-30")
        .then(ordered("2021-12-30"))
        .at("2021-12-31")
        .refused("renewal.window-closed")
        .under_rule("OFF-03");
    for (const Asked& asked : {order_charge().by("ada"), order_charge().by_support()})
        given(automatic_pack()).when(asked).at("2021-11-30").refused("role.missing");
    given(automatic_pack()).when(order_charge("ap-9")).at("2021-11-30").refused("order.unknown");
}

TEST_CASE("What doesn't renew by itself, or has its charge, is charged no more", "[OFF-03]") {
    // Bought on the first day without automatic renewal.
    given(contoso().with_action_pack("2020-12-01")).when(order_charge()).at("2021-12-01").nothing();
    given(charged()).when(order_charge()).at("2021-12-01").nothing();
    given(charged().with(settle_charge(), "2021-12-01"))
        .when(order_charge())
        .at("2021-12-02")
        .nothing();
    given(charged().with(settle_charge(false), "2021-12-01"))
        .when(order_charge())
        .at("2021-12-02")
        .nothing();
    const Story by_hand =
        automatic_pack().with(profile_review(), "2021-06-01").with(renew(), "2021-12-01");
    given(by_hand).when(order_charge()).at("2021-12-01").nothing();
    const Story waiting = automatic_pack()
                              .with(profile_review(), "2021-06-01")
                              .with(renew_by_transfer(), "2021-12-01");
    given(waiting).when(order_charge()).at("2021-12-01").nothing();
}

TEST_CASE("The result of the charge renews the order from the anniversary on, however late",
          "[OFF-03][MEM-09]") {
    given(charged())
        .when(settle_charge())
        .at("2021-11-30")
        .then(renewed("2021-11-30"))
        .at("2021-12-30")
        .then(renewed("2021-12-30"))
        .at("2022-05-01")
        .then(renewed("2022-05-01"));
    given(charged())
        .when(settle_charge().by_support())
        .at("2021-12-01")
        .then(renewed("2021-12-01"));
    for (const Asked& asked : {settle_charge().by("ada"), settle_charge().by_auditor()})
        given(charged()).when(asked).at("2021-12-01").refused("role.missing");
    // On the anniversary both are open: the old order through it, the new one from it.
    const Story both = charged().with(settle_charge(), kAnniversary);
    const Policies policies = policies_of(both.ledger());
    CHECK(orders::is_open(order_of(both, kOrder), day(kAnniversary), policies));
    CHECK(orders::is_open(order_of(both, kRenewal), day(kAnniversary), policies));
    CHECK(orders::term_of(order_of(both, kOrder), day("2021-12-01"), policies) ==
          orders::Term::renewed);
    // It asks for no review, and leads out of a read-only account.
    const Story late = charged().with(settle_charge(), "2022-05-01");
    CHECK_FALSE(orders::is_read_only(late.partner(), day("2022-05-01"), policies));
}

TEST_CASE("A charge that failed leaves the order in its window, to be renewed by hand",
          "[OFF-03][MEM-04]") {
    given(charged())
        .when(settle_charge(false))
        .at("2021-12-01")
        .then(failed("2021-12-01", "card declined"));
    const Story story =
        charged().with(settle_charge(false), "2021-12-01").with(profile_review(), "2021-12-01");
    CHECK(orders::is_open(order_of(story, kOrder), day("2021-12-30"), policies_of(story.ledger())));
    const Story by_hand = story.with(renew(), "2021-12-02");
    CHECK(order_of(by_hand, kNext).automatic_renewal);
    CHECK_FALSE(is_charge_due(story, "2021-12-30"));
}

TEST_CASE("While a charge is pending nothing else renews the order", "[OFF-03][OFF-02]") {
    const Story story = charged().with(profile_review(), "2021-11-30");
    given(story).when(renew()).at("2021-12-01").refused("renewal.charge-pending");
    given(story).when(renew_by_ticket()).at("2022-01-10").refused("renewal.charge-pending");
    given(story)
        .when(purchase("action-pack", "ap-3"))
        .at("2022-01-10")
        .refused("offer.already-held");
    given(story)
        .when(purchase("learning-action-pack", kRenewal))
        .at("2021-12-01")
        .refused("order.exists");
}

TEST_CASE("A result is taken once, for a charge that was ordered, with its amount", "[OFF-03]") {
    given(automatic_pack())
        .when(settle_charge())
        .at("2021-11-30")
        .refused("renewal.no-charge-pending");
    given(charged().with(settle_charge(), "2021-12-01"))
        .when(settle_charge())
        .at("2021-12-01")
        .refused("renewal.no-charge-pending");
    given(charged().with(settle_charge(false), "2021-12-01"))
        .when(settle_charge())
        .at("2021-12-01")
        .refused("renewal.no-charge-pending");
    given(charged())
        .when(settle_charge(true, kOrder, 47'501))
        .at("2021-12-01")
        .refused("payment.amount-differs");
    given(charged()).when(settle_charge(true, "ap-9")).at("2021-12-01").refused("order.unknown");
}

TEST_CASE("An order that was paid by bank transfer has no card to charge", "[OFF-03][MEM-13]") {
    const Story story =
        contoso().with(order_by_transfer(), "2020-11-30").with(receive_payment(), "2020-11-30");
    given(story)
        .when(order_charge())
        .at(kAnniversary)
        .then(failed(kAnniversary, "it was paid by bank transfer, so there is no card to charge",
                     ""));
}

TEST_CASE("Turned off before the anniversary it doesn't renew; on it that is too late",
          "[OFF-04][OFF-03]") {
    given(automatic_pack().with(turn_off(), "2021-11-29"))
        .when(order_charge())
        .at(kAnniversary)
        .nothing();
    const Story on_the_day = automatic_pack().with(turn_off(), kAnniversary);
    given(on_the_day).when(order_charge()).at(kAnniversary).then(ordered(kAnniversary));
    // The new order has it off, and so it ends.
    given(on_the_day.with(order_charge(), kAnniversary))
        .when(settle_charge())
        .at("2021-12-01")
        .then(renewed("2021-12-01", false));
    const Story ended =
        on_the_day.with(order_charge(), kAnniversary).with(settle_charge(), "2021-12-01");
    CHECK_FALSE(is_charge_due(ended, "2022-12-30"));
    given(ended)
        .when(turn_on(kRenewal))
        .at("2021-12-02")
        .refused("automatic-renewal.only-by-renewal");
}

TEST_CASE("A renewal by hand turns automatic renewal on again", "[OFF-04]") {
    const Story story = automatic_pack()
                            .with(turn_off(), "2021-06-01")
                            .with(profile_review(), "2021-06-01")
                            .with(renew(), "2021-12-01");
    CHECK(order_of(story, kNext).automatic_renewal);
    CHECK(is_charge_due(story, "2022-11-30"));
    CHECK_FALSE(is_charge_due(story, "2022-11-29"));
}

TEST_CASE("A renewal whose charge was paid back is not charged again by itself",
          "[OFF-03][OFF-06]") {
    const Story story = charged()
                            .with(settle_charge(), kAnniversary)
                            .with(request_cancellation("sr-1", kRenewal), "2021-12-05")
                            .with(resolve_cancellation("sr-1"), "2021-12-05")
                            .with(profile_review(), "2021-12-05");
    given(story).when(order_charge()).at("2021-12-06").nothing();
    CHECK(order_of(story.with(renew(), "2021-12-06"), kOrder).renewed_by == kNext);
}
