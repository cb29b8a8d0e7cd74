// Cancellation by service request, and the money back.
#include "events/limits.h"
#include "tests/support/catch.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kWindows = "windows-10-enterprise-upgrade";
constexpr std::string_view kOffice = "office-365-e3";
constexpr std::string_view kTeamServices = "team-services-account";
constexpr std::string_view kIncidents = "product-support";
constexpr auto kOldTest = fb::RefundTest::software_activated;
constexpr auto kNewTest = fb::RefundTest::anything_used;

template <typename CommandT>
CommandT on_line(std::string_view sku) {
    CommandT command;
    command.order = kOrder;
    command.sku = sku;
    return command;
}

Asked delivery(std::string_view sku, std::string_view id, std::uint32_t units) {
    auto command = on_line<fb::DeliverKeysT>(sku);
    fb::KeyMaterialT key;
    key.id = id;
    key.material.assign(60, 7);
    key.units = units;
    command.keys.push_back(std::move(key));
    return ask(std::move(command)).by_system();
}

Asked look_at_key() {
    auto command = on_line<fb::RevealKeyT>(kWindows);
    command.language = "ko-kr";
    command.system = "windows-10";
    return ask(std::move(command));
}

Asked activation(std::string_view machine) {
    auto command = on_line<fb::ActivateKeyT>(kWindows);
    command.key = "mak-1";
    command.machine = machine;
    return ask(std::move(command));
}

Asked redemption() {
    auto command = on_line<fb::RedeemTokenT>(kOffice);
    command.token = "token-1";
    return ask(std::move(command));
}

// Delivered, and nothing more.
Story with_stock(const Story& story, std::string_view on) {
    return story.with(delivery(kWindows, "mak-1", 10), on)
        .with(delivery(kOffice, "token-1", 5), on);
}
Story with_key_shown(const Story& story, std::string_view on) {
    return with_stock(story, on).with(look_at_key(), on);
}
Story with_activation(const Story& story, std::string_view on) {
    return with_key_shown(story, on).with(activation("machine-1"), on);
}
Story with_token_issued(const Story& story, std::string_view on) {
    return with_stock(story, on).with(ask(on_line<fb::IssueTokenT>(kOffice)), on);
}
Story with_token_redeemed(const Story& story, std::string_view on) {
    return with_token_issued(story, on).with(redemption(), on);
}
Story with_download(const Story& story, std::string_view on) {
    return story.with(ask(on_line<fb::RecordDownloadT>(kTeamServices)), on);
}

fb::CancellationRequestedT requested(std::string_view on, fb::RefundTest test,
                                     std::string_view request = "sr-1") {
    fb::CancellationRequestedT event;
    event.request = request;
    event.order = kOrder;
    event.on = day(on).days;
    event.refund_ends_with = test;
    return event;
}

fb::OrderCancelledT cancelled(std::string_view on, std::string_view request = "sr-1") {
    fb::OrderCancelledT event;
    event.request = request;
    event.order = kOrder;
    event.refund = std::make_unique<fb::MoneyT>();
    event.refund->amount = 47'500;
    event.refund->currency = "USD";
    event.on = day(on).days;
    return event;
}

fb::CancellationRefusedT refused_for(std::string_view reason, std::string_view on) {
    fb::CancellationRefusedT event;
    event.request = "sr-1";
    event.order = kOrder;
    event.reason = reason;
    event.on = day(on).days;
    return event;
}

Story with_request() { return with_pack().with(request_cancellation(), "2021-01-20"); }
Story with_cancelled_pack() { return with_request().with(resolve_cancellation(), "2021-01-25"); }

// A partner with an Action Pack of so many seats that hardly anything more fits in its record.
Story nearly_full() {
    const auto with_seats = [](std::uint32_t seats) {
        LedgerState ledger = new_ledger();
        for (fb::CatalogueVersionT& catalogue : ledger.catalogues)
            for (fb::OfferT& offer : catalogue.offers)
                for (fb::GrantT& grant : offer.grants)
                    if (grant.kind == fb::BenefitKind::visual_studio_seat) grant.quantity = seats;
        return contoso().under(std::move(ledger));
    };
    std::uint32_t fits = 1;
    std::uint32_t too_many = limits::kPartnerRowMaxBytes;
    while (too_many - fits > 1) {
        const std::uint32_t seats = fits + (too_many - fits) / 2;
        const Ruled decision = with_seats(seats).rule_on(purchase(), day("2021-01-10"));
        (std::holds_alternative<Accepted>(decision) ? fits : too_many) = seats;
    }
    return with_seats(fits).with_action_pack("2021-01-10");
}

}  // namespace

TEST_CASE("A cancellation is asked for within 30 days of the purchase, the day itself included",
          "[OFF-06]") {
    given(contoso().with_action_pack("2020-09-01"))
        .when(request_cancellation())
        .at("2020-09-01")
        .then(requested("2020-09-01", kOldTest))
        .at("2020-09-30")
        .then(requested("2020-09-30", kOldTest))
        .at("2020-10-01")
        .refused("refund.window-passed")
        .under_rule("OFF-06");
}

TEST_CASE("For an order by bank transfer the 30 days begin with its term", "[OFF-06][MEM-13]") {
    const Story waiting = contoso().with(order_by_transfer(), "2021-01-10");
    given(waiting)
        .when(request_cancellation())
        .at("2021-02-08")
        .refused("order.waiting-for-payment")
        .under_rule("MEM-13")
        .at("2021-02-09")
        .refused("order.lapsed")
        .under_rule("MEM-13");
    given(waiting.with(receive_payment(), "2021-02-05"))
        .when(request_cancellation())
        .at("2021-03-06")
        .then(requested("2021-03-06", kNewTest))
        .at("2021-03-07")
        .refused("refund.window-passed");
}

TEST_CASE("Any user of the partner asks for a cancellation, and nobody else", "[OFF-06][ACC-05]") {
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim"})
        given(with_pack())
            .when(request_cancellation().by(user))
            .at("2021-01-20")
            .then(requested("2021-01-20", kOldTest));
    for (const Asked& asked :
         {request_cancellation().by("stranger"), request_cancellation().by_support(),
          request_cancellation().by_system()})
        given(with_pack())
            .when(asked)
            .at("2021-01-20")
            .refused("role.missing")
            .under_rule("OFF-06");
    given(with_pack())
        .when(request_cancellation().by_auditor())
        .at("2021-01-20")
        .refused("role.missing")
        .under_rule("ACC-09");
}

TEST_CASE("Until 2021-01-31 only an activated software key ends the right to a refund",
          "[OFF-06][SWK-04]") {
    for (const auto& use : {with_key_shown, with_token_redeemed, with_download})
        given(use(with_pack(), "2021-01-15"))
            .when(request_cancellation())
            .at("2021-01-31")
            .then(requested("2021-01-31", kOldTest));
    given(with_activation(with_pack(), "2021-01-15"))
        .when(request_cancellation())
        .at("2021-01-31")
        .refused("refund.software-activated")
        .under_rule("OFF-06");
}

TEST_CASE("From 2021-02-01 any use ends the right to a refund, and a key that was shown",
          "[OFF-06][SWK-04]") {
    for (const auto& use : {with_key_shown, with_token_redeemed, with_download})
        given(use(with_pack(), "2021-01-15"))
            .when(request_cancellation())
            .at("2021-02-01")
            .refused("refund.benefit-used")
            .under_rule("OFF-06");
    given(with_activation(with_pack(), "2021-01-15"))
        .when(request_cancellation())
        .at("2021-02-01")
        .refused("refund.software-activated");
}

TEST_CASE("A delivery, an issued token and an assigned seat are no use", "[OFF-06]") {
    const Story assigned = with_pack().with_seat("kim", "2021-01-15");
    for (const Story& story : {with_pack(), assigned, with_stock(with_pack(), "2021-01-15"),
                               with_token_issued(with_pack(), "2021-01-15")})
        given(story)
            .when(request_cancellation())
            .at("2021-01-31")
            .then(requested("2021-01-31", kOldTest))
            .at("2021-02-01")
            .then(requested("2021-02-01", kNewTest));
}

TEST_CASE("The decision keeps to the test of the day of the request", "[OFF-06]") {
    const Story shown = with_key_shown(with_pack(), "2021-01-15");
    given(shown.with(request_cancellation(), "2021-01-31"))
        .when(resolve_cancellation())
        .at("2021-01-31")
        .then(cancelled("2021-01-31"))
        .at("2021-02-01")
        .then(cancelled("2021-02-01"));
}

TEST_CASE("A use between request and decision closes the request", "[OFF-06][SWK-04]") {
    const Story by_old_test = with_pack().with(request_cancellation(), "2021-01-31");
    const Story by_new_test = with_pack().with(request_cancellation(), "2021-02-01");
    for (const auto& use : {with_key_shown, with_token_redeemed, with_download}) {
        given(use(by_old_test, "2021-02-02"))
            .when(resolve_cancellation())
            .at("2021-02-03")
            .then(cancelled("2021-02-03"));
        given(use(by_new_test, "2021-02-02"))
            .when(resolve_cancellation())
            .at("2021-02-03")
            .refused("refund.benefit-used")
            .under_rule("OFF-06");
    }
    for (const Story& story : {by_old_test, by_new_test})
        given(with_activation(story, "2021-02-02"))
            .when(resolve_cancellation())
            .at("2021-02-03")
            .refused("refund.software-activated")
            .under_rule("OFF-06");
    // Support refuses it then, and says why.
    given(with_activation(by_new_test, "2021-02-02"))
        .when(refuse_cancellation().saying("a key was activated"))
        .at("2021-02-03")
        .then(refused_for("a key was activated", "2021-02-03"));
}

TEST_CASE("Support decides on any later day, and the whole charge goes back", "[OFF-06][OFF-08]") {
    given(with_request())
        .when(resolve_cancellation())
        .at("2021-01-20")
        .then(cancelled("2021-01-20"))
        .at("2021-02-09")
        .then(cancelled("2021-02-09"))
        .at("2022-02-10")  // the account is read-only
        .then(cancelled("2022-02-10"));
    given(contoso()
              .with(order_by_transfer(), "2021-01-10")
              .with(receive_payment(), "2021-01-12")
              .with(request_cancellation(), "2021-01-12"))
        .when(resolve_cancellation())
        .at("2021-01-13")
        .then(cancelled("2021-01-13"));
}

TEST_CASE("Only support staff decide on a request", "[OFF-06][OFF-07][ACC-09]") {
    for (const Asked& asked : {resolve_cancellation(), refuse_cancellation().saying("used")})
        for (const Asked& by_others : {asked.by("ada"), asked.by_system(), asked.by_auditor()})
            given(with_request())
                .when(by_others)
                .at("2021-01-21")
                .refused("role.missing")
                .under_rule("ACC-09");
}

TEST_CASE("An order is refunded once", "[OFF-08]") {
    given(with_cancelled_pack())
        .when(request_cancellation("sr-2"))
        .at("2021-01-26")
        .refused("refund.already-paid")
        .under_rule("OFF-08");
    // However it came that a request is still open.
    given(with_request().happened(cancelled("2021-01-25", "sr-0")))
        .when(resolve_cancellation())
        .at("2021-01-26")
        .refused("refund.already-paid")
        .under_rule("OFF-08");
    given(with_cancelled_pack())
        .when(receive_payment())
        .at("2021-01-26")
        .refused("order.not-waiting");
}

TEST_CASE("What a cancelled order granted is revoked", "[OFF-06]") {
    const Story used = with_token_issued(with_pack().with_seat("kim", "2021-01-12"), "2021-01-12")
                           .with(look_at_key(), "2021-01-12")
                           .with(request_cancellation(), "2021-01-20")
                           .with(resolve_cancellation(), "2021-01-25");
    for (const Asked& asked :
         {assign_seat("lee"), move_seat(1, "lee"), release_seat(1), look_at_key(),
          activation("machine-1"), redemption(), delivery(kOffice, "token-2", 5),
          ask(on_line<fb::RecordDownloadT>(kTeamServices)), turn_off(), turn_on(),
          explained(adjust_usage(kIncidents, 1))})
        given(used).when(asked).at("2021-01-25").refused("order.cancelled").under_rule("OFF-06");
}

TEST_CASE("After a cancellation the offer may be bought again, and nobody is read-only",
          "[OFF-02][OFF-06][MEM-05]") {
    const Story again = with_cancelled_pack().with(purchase("action-pack", "ap-2"), "2021-01-25");
    fb::SeatAssignedT event = seat_assigned(1, "kim", "2021-01-26");
    event.order = "ap-2";
    given(again).when(assign_seat("kim", "", "ap-2")).at("2021-01-26").then(event);
    fb::UserAddedT added;
    added.user = person("uma");
    added.roles = fb::Role::plain_user;
    given(with_cancelled_pack()).when(add_user("uma")).at("2022-06-01").then(added);
}

TEST_CASE("A seat of a cancelled order is in nobody's way", "[OFF-06][VSS-02]") {
    const Story story = with_pack()
                            .with_seat("kim", "2021-01-12")
                            .with(request_cancellation(), "2021-01-20")
                            .with(resolve_cancellation(), "2021-01-25")
                            .with(purchase("action-pack", "ap-2"), "2021-01-25");
    fb::SeatAssignedT event = seat_assigned(1, "kim", "2021-01-26");
    event.order = "ap-2";
    given(story).when(assign_seat("kim", "", "ap-2")).at("2021-01-26").then(event);
}

TEST_CASE("A refused request keeps its reason, and another one may be made", "[OFF-07]") {
    const Asked refusing = refuse_cancellation().saying("asked for by mistake");
    given(with_request())
        .when(refusing)
        .at("2021-01-22")
        .then(refused_for("asked for by mistake", "2021-01-22"));
    const Story refused = with_request().with(refusing, "2021-01-22");
    const fb::RequestT& request = refused.partner().requests.front();
    CHECK(request.status == fb::RequestStatus::refused);
    CHECK(request.reason == "asked for by mistake");
    CHECK(request.asked == day("2021-01-20").days);
    CHECK(request.settled == day("2021-01-22").days);
    given(refused)
        .when(request_cancellation("sr-2"))
        .at("2021-01-22")
        .then(requested("2021-01-22", kOldTest, "sr-2"))
        .at("2021-02-09")
        .refused("refund.window-passed");
}

TEST_CASE("A refusal of a request says why", "[OFF-07]") {
    for (const char* reason : {"", " \t\r\n"})
        given(with_request())
            .when(refuse_cancellation().saying(reason))
            .at("2021-01-22")
            .refused("reason.missing")
            .under_rule("OFF-07");
}

TEST_CASE("The status of a request is followed from the day it was made", "[OFF-07]") {
    const fb::RequestT open = with_request().partner().requests.front();
    CHECK(open.status == fb::RequestStatus::open);
    CHECK(open.settled == 0);
    CHECK(open.refund_ends_with == kOldTest);
    const fb::RequestT granted = with_cancelled_pack().partner().requests.front();
    CHECK(granted.status == fb::RequestStatus::granted);
    CHECK(granted.settled == day("2021-01-25").days);
}

TEST_CASE("A request is settled once", "[OFF-07]") {
    const Asked refusing = refuse_cancellation().saying("used");
    for (const Story& story : {with_cancelled_pack(), with_request().with(refusing, "2021-01-22")})
        for (const Asked& asked : {resolve_cancellation(), refusing, refuse_cancellation()})
            given(story)
                .when(asked)
                .at("2021-01-26")
                .refused("request.settled")
                .under_rule("OFF-07");
    for (const Asked& asked : {resolve_cancellation("sr-9"), refuse_cancellation("sr-9")})
        given(with_request())
            .when(asked)
            .at("2021-01-22")
            .refused("request.unknown")
            .under_rule("OFF-07");
}

TEST_CASE("One request for an order is open at a time, and each has an id of its own",
          "[OFF-07][LED-08]") {
    const Story both = with_request().with(purchase("learning-action-pack", "lap-1"), "2021-01-20");
    given(both)
        .when(request_cancellation("sr-2"))
        .at("2021-01-21")
        .refused("request.open")
        .under_rule("OFF-07")
        .at("2021-02-09")
        .refused("request.open");
    given(both)
        .when(request_cancellation("sr-1", "lap-1"))
        .at("2021-01-21")
        .refused("request.exists")
        .under_rule("LED-08");
    fb::CancellationRequestedT other = requested("2021-01-21", kOldTest, "sr-2");
    other.order = "lap-1";
    given(both).when(request_cancellation("sr-2", "lap-1")).at("2021-01-21").then(other);
    given(with_pack())
        .when(request_cancellation("sr-1", "ap-2"))
        .at("2021-01-21")
        .refused("order.unknown");
}

TEST_CASE("A read-only account asks for no cancellation", "[OFF-06][MEM-05]") {
    given(with_pack())
        .when(request_cancellation())
        .at("2022-02-09")
        .refused("refund.window-passed")
        .at("2022-02-10")
        .refused("membership.read-only")
        .under_rule("MEM-05");
}

TEST_CASE("A request that no longer fits into the partner's record is refused",
          "[OFF-06][LED-01]") {
    given(nearly_full()).when(request_cancellation()).at("2021-01-11").refused("partner.full");
}

TEST_CASE("A mended count neither opens nor closes the right to a refund", "[OFF-06][LED-07]") {
    given(with_pack().with(explained(adjust_usage(kIncidents, 1)), "2021-01-15"))
        .when(request_cancellation())
        .at("2021-02-01")
        .then(requested("2021-02-01", kNewTest));
    given(with_activation(with_pack(), "2021-01-15")
              .with(explained(adjust_usage(kWindows, -1)), "2021-01-16"))
        .when(request_cancellation())
        .at("2021-01-31")
        .refused("refund.software-activated");
}
