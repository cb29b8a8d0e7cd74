// The notice that an order by bank transfer lapsed: the ledger's own, said once, and nothing hangs
// on it.
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

// The last day to pay is 2021-02-08.
Story unnoted() { return contoso().with(order_by_transfer(), "2021-01-10"); }

Asked note_lapse(std::string_view order = kOrder) {
    fb::NoteLapseT command;
    command.order = order;
    return ask(std::move(command)).by_system();
}

fb::OrderLapsedT order_lapsed(std::string_view due, std::string_view on) {
    fb::OrderLapsedT event;
    event.order = kOrder;
    event.due = day(due).days;
    event.on = day(on).days;
    return event;
}

Story noted() { return unnoted().with(note_lapse(), "2021-02-09"); }

}  // namespace

TEST_CASE("That an order lapsed is noted from the day after the last to pay", "[MEM-13]") {
    given(unnoted())
        .when(note_lapse())
        .at("2021-01-10")
        .refused("reminder.not-due", "2021-02-09")
        .under_rule("MEM-13")
        .at("2021-02-08")
        .refused("reminder.not-due", "2021-02-09")
        .at("2021-02-09")
        .then(order_lapsed("2021-02-09", "2021-02-09"));
}

TEST_CASE("A notice that comes late tells the day it was due beside its own", "[MEM-13]") {
    given(unnoted())
        .when(note_lapse())
        .at("2021-02-10")
        .then(order_lapsed("2021-02-09", "2021-02-10"))
        .at("2023-05-01")
        .then(order_lapsed("2021-02-09", "2023-05-01"));
}

TEST_CASE("The ledger itself notes it, nobody else", "[MEM-13][ACC-09]") {
    Asked asked = note_lapse();
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim", "stranger"})
        given(unnoted()).when(asked.by(user)).at("2021-02-09").refused("role.missing");
    for (const Asked& by : {asked.by_support(), asked.by_auditor()})
        given(unnoted()).when(by).at("2021-02-09").refused("role.missing").under_rule("ACC-09");
    given(unnoted()).when(note_lapse("ap-2")).at("2021-02-09").refused("order.unknown");
}

TEST_CASE("It is noted once, and never of an order that was paid or cancelled",
          "[MEM-13][LED-01]") {
    given(noted()).when(note_lapse()).at("2021-02-09").nothing().at("2022-01-01").nothing();
    for (const Story& story :
         {unnoted().with(receive_payment(), "2021-02-08"), contoso().with_action_pack("2021-01-10"),
          contoso()
              .with_action_pack("2021-01-10")
              .with(request_cancellation(), "2021-01-12")
              .with(resolve_cancellation(), "2021-01-12")})
        given(story).when(note_lapse()).at("2021-02-08").nothing().at("2021-02-09").nothing();
}

TEST_CASE("Whether the lapse was noted or not, the answers are the same", "[MEM-13][OFF-02]") {
    for (const Story& story : {unnoted(), noted()}) {
        const Policies policies = policies_of(story.ledger());
        const fb::OrderT& order = story.partner().orders.front();
        CHECK(orders::term_of(order, day("2021-02-09"), policies) == orders::Term::lapsed);
        given(story)
            .when(receive_payment())
            .at("2021-02-09")
            .refused("payment.too-late")
            .under_rule("MEM-13")
            .at("2021-06-01")
            .refused("payment.too-late");
        given(story).when(assign_seat("kim")).at("2021-02-09").refused("order.lapsed");
        const Story again = story.with(purchase("action-pack", "ap-2"), "2021-02-09");
        CHECK(again.partner().orders.back().anniversary == day("2022-02-09").days);
    }
}
