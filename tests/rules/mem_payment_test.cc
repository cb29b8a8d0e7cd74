// Payment by bank transfer: the order waits for its money, lapses without it, begins with it.
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/orders.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kAutomaticUntil = "2020-11-30";

std::unique_ptr<fb::MoneyT> price() {
    auto money = std::make_unique<fb::MoneyT>();
    money->amount = 47'500;
    money->currency = "USD";
    return money;
}

fb::OrderPlacedT placed(std::string_view on, std::string_view pay_by, std::string_view order) {
    fb::OrderPlacedT event;
    event.order = order;
    event.offer = "action-pack";
    event.kind = fb::OfferKind::action_pack;
    event.charge = price();
    event.on = day(on).days;
    event.pay_by = day(pay_by).days;
    event.automatic_renewal = on <= kAutomaticUntil;
    event.grants = offer_on("action-pack", on).grants;
    return event;
}

fb::PaymentReceivedT received(std::string_view start, std::string_view anniversary,
                              std::string_view order = kOrder) {
    fb::PaymentReceivedT event;
    event.order = order;
    event.amount = price();
    event.start = day(start).days;
    event.anniversary = day(anniversary).days;
    event.on = event.start;
    event.first = event.start;
    return event;
}

// The last day to pay is 2021-02-08.
Story waiting() { return contoso().with(order_by_transfer(), "2021-01-10"); }

const fb::OrderT& order_of(const Story& story) { return story.partner().orders.front(); }

orders::Term term_on(const Story& story, std::string_view date) {
    return orders::term_of(order_of(story), day(date), policies_of(story.ledger()));
}

}  // namespace

TEST_CASE("An order by bank transfer is placed, and waits 30 days for its money",
          "[MEM-13][OFF-01][OFF-09]") {
    given(contoso())
        .when(order_by_transfer())
        .at("2021-01-10")
        .then(placed("2021-01-10", "2021-02-08", kOrder))
        .at("2020-11-30")
        .then(placed("2020-11-30", "2020-12-29", kOrder))
        .at("2020-12-01")
        .then(placed("2020-12-01", "2020-12-30", kOrder));
    given(contoso())
        .when(order_by_transfer().by("kim"))
        .at("2021-01-10")
        .then(placed("2021-01-10", "2021-02-08", kOrder));
    CHECK(term_on(waiting(), "2021-02-08") == orders::Term::waiting);
    CHECK(term_on(waiting(), "2021-02-09") == orders::Term::lapsed);
}

TEST_CASE("The term starts on the day the payment is received", "[MEM-13][MEM-02]") {
    given(waiting())
        .when(receive_payment())
        .at("2021-01-10")
        .then(received("2021-01-10", "2022-01-10"))
        .at("2021-02-08")
        .then(received("2021-02-08", "2022-02-08"));
    const Story paid = waiting().with(receive_payment(), "2021-02-05");
    const fb::OrderT& order = order_of(paid);
    CHECK(order.purchased == day("2021-02-05").days);
    CHECK(order.start == day("2021-02-05").days);
    CHECK(order.anniversary == day("2022-02-05").days);
    CHECK(order.payment == fb::PaymentMethod::bank_transfer);
    for (const fb::BenefitT& benefit : order.benefits)
        CHECK(benefit.expiry == day("2022-02-05").days);
    CHECK(term_on(paid, "2022-02-05") == orders::Term::active);
    CHECK(term_on(paid, "2022-03-07") == orders::Term::in_window);
    CHECK(term_on(paid, "2022-03-08") == orders::Term::expired);
}

TEST_CASE("A term that begins on 29 February ends on 28 February", "[MEM-13][MEM-02]") {
    given(contoso().with(order_by_transfer(), "2020-02-10"))
        .when(receive_payment())
        .at("2020-02-29")
        .then(received("2020-02-29", "2021-02-28"));
}

TEST_CASE("Money that comes after the last day is refused, for the order has lapsed", "[MEM-13]") {
    given(waiting())
        .when(receive_payment())
        .at("2021-02-08")
        .then(received("2021-02-08", "2022-02-08"))
        .at("2021-02-09")
        .refused("payment.too-late")
        .under_rule("MEM-13");
    given(waiting()).when(receive_payment(kOrder, 1)).at("2021-02-09").refused("payment.too-late");
}

TEST_CASE("The money is exactly what the order charges", "[MEM-13][OFF-01]") {
    for (const Asked& asked : {receive_payment(kOrder, 47'499), receive_payment(kOrder, 47'501),
                               receive_payment(kOrder, 47'500, "EUR")})
        given(waiting())
            .when(asked)
            .at("2021-01-20")
            .refused("payment.amount-differs")
            .under_rule("MEM-13");
}

TEST_CASE("An order is paid once, and one by card not again", "[MEM-13][OFF-08]") {
    given(waiting().with(receive_payment(), "2021-01-20"))
        .when(receive_payment())
        .at("2021-01-20")
        .refused("order.not-waiting")
        .under_rule("MEM-13")
        .at("2021-02-09")
        .refused("order.not-waiting");
    given(contoso().with_action_pack("2021-01-10"))
        .when(receive_payment())
        .at("2021-01-10")
        .refused("order.not-waiting");
    given(waiting().with(receive_payment(), "2021-01-20"))
        .when(receive_payment(kOrder, 1))
        .at("2021-01-21")
        .refused("order.not-waiting");
    given(waiting()).when(receive_payment("ap-2")).at("2021-01-20").refused("order.unknown");
}

TEST_CASE("Support staff and the system receive payments, users don't", "[MEM-13][ACC-09]") {
    given(waiting())
        .when(receive_payment().by_support())
        .at("2021-01-20")
        .then(received("2021-01-20", "2022-01-20"));
    for (const Asked& asked : {receive_payment().by("ada"), receive_payment().by_auditor()})
        given(waiting()).when(asked).at("2021-01-20").refused("role.missing").under_rule("ACC-09");
}

TEST_CASE("Nothing that an order grants is there before its money came, nor after it lapsed",
          "[MEM-13]") {
    given(waiting())
        .when(assign_seat("kim"))
        .at("2021-02-08")
        .refused("order.waiting-for-payment")
        .under_rule("MEM-13")
        .at("2021-02-09")
        .refused("order.lapsed")
        .under_rule("MEM-13");
    given(waiting().with(receive_payment(), "2021-01-20"))
        .when(assign_seat("kim"))
        .at("2021-01-20")
        .then(seat_assigned(1, "kim", "2021-01-20"));
}

TEST_CASE("A second Action Pack is refused while one waits, and may be bought once it lapsed",
          "[MEM-13][OFF-02]") {
    given(waiting())
        .when(order_by_transfer("action-pack", "ap-2"))
        .at("2021-01-10")
        .refused("offer.already-held", "2021-02-09")
        .under_rule("OFF-02")
        .at("2021-02-08")
        .refused("offer.already-held", "2021-02-09")
        .at("2021-02-09")
        .then(placed("2021-02-09", "2021-03-10", "ap-2"));
    given(contoso().with_action_pack("2021-01-10"))
        .when(order_by_transfer("action-pack", "ap-2"))
        .at("2021-01-11")
        .refused("offer.already-held", "2022-02-10");
}

TEST_CASE("An order by bank transfer needs what every purchase needs", "[MEM-13][OFF-01]") {
    fb::PurchaseOfferT form = order_form();
    form.payment = fb::PaymentMethod::bank_transfer;
    form.confirmed = false;
    given(contoso()).when(ask(form)).at("2021-01-10").refused("purchase.not-confirmed");
    given(waiting())
        .when(order_by_transfer("learning-action-pack"))
        .at("2021-01-11")
        .refused("order.exists")
        .under_rule("LED-08");
}

TEST_CASE("What a waiting order grants and whether it renews was fixed when it was placed",
          "[MEM-13][OFF-03][OFF-09]") {
    const Story paid =
        contoso().with(order_by_transfer(), "2022-12-31").with(receive_payment(), "2023-01-15");
    for (const fb::BenefitT& benefit : order_of(paid).benefits)
        if (benefit.sku == "office-365-e3") CHECK(benefit.granted == 10);
    const Story renewing =
        contoso().with(order_by_transfer(), kAutomaticUntil).with(receive_payment(), "2020-12-05");
    CHECK(order_of(renewing).automatic_renewal);
    given(renewing).when(turn_off()).at("2020-12-06").then(turned_off("2020-12-06"));
}

TEST_CASE("Automatic renewal of an order that waits is turned off too, of a lapsed one not",
          "[MEM-13][OFF-04]") {
    const Story story = contoso().with(order_by_transfer(), "2020-11-30");
    given(story)
        .when(turn_off())
        .at("2020-12-29")
        .then(turned_off("2020-12-29"))
        .at("2020-12-30")
        .refused("order.lapsed");
    given(story)
        .when(turn_on())
        .at("2020-12-29")
        .nothing()
        .at("2020-12-30")
        .refused("order.lapsed");
    const Story off = story.with(turn_off(), "2020-12-01").with(receive_payment(), "2020-12-02");
    CHECK_FALSE(order_of(off).automatic_renewal);
    given(off).when(turn_on()).at("2020-12-03").refused("automatic-renewal.only-by-renewal");
}

TEST_CASE("An order that waits takes no account out of read-only, its money does",
          "[MEM-13][MEM-05]") {
    // The Action Pack's window closes on 2022-02-09.
    const Story placed_in_time =
        contoso()
            .with_action_pack("2021-01-10")
            .with(order_by_transfer("learning-action-pack", "lap-1"), "2022-02-01");
    given(placed_in_time)
        .when(add_user("uma"))
        .at("2022-02-10")
        .refused("membership.read-only")
        .under_rule("MEM-05");
    given(placed_in_time)
        .when(receive_payment("lap-1"))
        .at("2022-02-10")
        .then(received("2022-02-10", "2023-02-10", "lap-1"));
    fb::UserAddedT added;
    added.user = person("uma");
    added.roles = fb::Role::plain_user;
    given(placed_in_time.with(receive_payment("lap-1"), "2022-02-10"))
        .when(add_user("uma"))
        .at("2022-02-10")
        .then(added);
}

TEST_CASE("An order that lapsed was no membership: whoever has nothing else buys again",
          "[MEM-13][MEM-05]") {
    given(waiting())
        .when(order_by_transfer("action-pack", "ap-2"))
        .at("2022-06-01")
        .then(placed("2022-06-01", "2022-06-30", "ap-2"));
}
