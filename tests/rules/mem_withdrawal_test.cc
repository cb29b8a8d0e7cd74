// An order by bank transfer that was not paid yet is withdrawn by who may buy, and the offer is
// bought in another way.
#include "aggregates/deadlines/due.h"
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/refunds.h"
#include "tests/support/renewals.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

// The last day to pay is 2021-02-08.
Story unpaid() { return contoso().with(order_by_transfer(), "2021-01-10"); }

Asked withdraw(std::string_view order = kOrder) {
    fb::WithdrawOrderT command;
    command.order = order;
    return ask(std::move(command));
}

fb::OrderWithdrawnT withdrawn(std::string_view on, std::string_view order = kOrder) {
    fb::OrderWithdrawnT event;
    event.order = order;
    event.on = day(on).days;
    return event;
}

Story with_withdrawal() { return unpaid().with(withdraw(), "2021-01-12"); }

}  // namespace

TEST_CASE("An order is withdrawn while it waits for its money, by any user of the partner",
          "[MEM-13][ACC-05]") {
    for (const char* user : {"ada", "pat", "kim"})
        given(unpaid())
            .when(withdraw().by(user))
            .at("2021-01-10")
            .then(withdrawn("2021-01-10"))
            .at("2021-02-08")
            .then(withdrawn("2021-02-08"))
            .at("2021-02-09")
            .refused("order.lapsed")
            .under_rule("MEM-13");
    for (const Asked& asked :
         {withdraw().by("stranger"), withdraw().by_support(), withdraw().by_system()})
        given(unpaid()).when(asked).at("2021-01-12").refused("role.missing").under_rule("ACC-05");
    given(unpaid()).when(withdraw("ap-2")).at("2021-01-12").refused("order.unknown");
}

TEST_CASE("After a withdrawal the offer is bought by card on the same day", "[MEM-13][OFF-02]") {
    given(unpaid())
        .when(purchase("action-pack", "ap-2"))
        .at("2021-01-12")
        .refused("offer.already-held", "2021-02-09");
    const Story again = with_withdrawal().with(purchase("action-pack", "ap-2"), "2021-01-12");
    CHECK(again.partner().orders.back().anniversary == day("2022-01-12").days);
    given(with_withdrawal())
        .when(purchase("action-pack", std::string_view(kOrder)))
        .at("2021-01-12")
        .refused("order.exists");
}

TEST_CASE("A withdrawal asked for twice happens once", "[MEM-13][LED-01]") {
    given(with_withdrawal()).when(withdraw()).at("2021-01-12").nothing().at("2021-06-01").nothing();
}

TEST_CASE("An order that was paid is not withdrawn but cancelled", "[MEM-13][OFF-06]") {
    for (const Story& paid :
         {unpaid().with(receive_payment(), "2021-01-11"), contoso().with_action_pack("2021-01-11")})
        given(paid)
            .when(withdraw())
            .at("2021-01-12")
            .refused("order.not-waiting")
            .under_rule("MEM-13");
    given(contoso()
              .with_action_pack("2021-01-11")
              .with(request_cancellation(), "2021-01-12")
              .with(resolve_cancellation(), "2021-01-12"))
        .when(withdraw())
        .at("2021-01-13")
        .refused("order.cancelled")
        .under_rule("OFF-06");
}

TEST_CASE("Money that comes for a withdrawn order is refused", "[MEM-13]") {
    for (const char* date : {"2021-01-12", "2021-02-08", "2021-02-09"})
        given(with_withdrawal())
            .when(receive_payment())
            .at(date)
            .refused("order.withdrawn")
            .under_rule("MEM-13");
}

TEST_CASE("A withdrawn order grants nothing, renews nothing, and is nothing to refund",
          "[MEM-13][OFF-04][OFF-06]") {
    const Story story =
        contoso().with(order_by_transfer(), "2020-11-20").with(withdraw(), "2020-11-21");
    CHECK(orders::term_of(story.partner().orders.front(), day("2021-12-01"),
                          policies_of(story.ledger())) == orders::Term::withdrawn);
    CHECK_FALSE(story.partner().orders.front().automatic_renewal);
    for (const Asked& asked : {assign_seat("kim"), request_cancellation(), turn_off(), turn_on(),
                               explained(adjust_usage("office-365-e3", 1))})
        given(story)
            .when(asked)
            .at("2020-11-22")
            .refused("order.withdrawn")
            .under_rule("MEM-13")
            .at("2021-06-01")
            .refused("order.withdrawn");
}

TEST_CASE("A withdrawn order lapses no more: there is nothing to note", "[MEM-13]") {
    fb::NoteLapseT note;
    note.order = kOrder;
    given(with_withdrawal()).when(ask(std::move(note)).by_system()).at("2021-02-09").nothing();
    CHECK(deadlines::anchors(with_withdrawal().partner()).empty());
}

TEST_CASE("A withdrawn order was no membership, and a read-only account may withdraw one",
          "[MEM-13][MEM-05]") {
    fb::UserAddedT added;
    added.user = person("uma");
    added.roles = fb::Role::plain_user;
    given(with_withdrawal()).when(add_user("uma")).at("2022-06-01").then(added);
    // The Action Pack's window closes on 2022-02-09.
    given(contoso()
              .with_action_pack("2021-01-10")
              .with(order_by_transfer("learning-action-pack", "lap-1"), "2022-02-01"))
        .when(withdraw("lap-1"))
        .at("2022-02-10")
        .then(withdrawn("2022-02-10", "lap-1"));
}

TEST_CASE("A renewal by bank transfer that is withdrawn leaves the order to be renewed otherwise",
          "[MEM-13][MEM-06]") {
    const Story story = with_pack()
                            .with(profile_review(), "2021-06-01")
                            .with(renew_by_transfer(), "2022-01-15")
                            .with(withdraw(kNext), "2022-01-16")
                            .with(renew(kOrder, "ap-3"), "2022-01-16");
    CHECK(order_of(story, kOrder).renewed_by == "ap-3");
}
