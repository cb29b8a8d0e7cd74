// The notice that an order expired: the ledger's own, said once, and nothing hangs on it.
#include "aggregates/orders/terms.h"
#include "tests/support/catch.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

Asked note_expiry(std::string_view order = kOrder) {
    fb::NoteExpiryT command;
    command.order = order;
    return ask(std::move(command)).by_system();
}

fb::OrderExpiredT order_expired(std::string_view window_closed, std::string_view on) {
    fb::OrderExpiredT event;
    event.order = kOrder;
    event.window_closed = day(window_closed).days;
    event.on = day(on).days;
    return event;
}

// Its window closes on 2022-02-09.
Story noted() { return with_pack().with(note_expiry(), "2022-02-10"); }

}  // namespace

TEST_CASE("That an order expired is noted from the day after its window", "[MEM-05]") {
    given(with_pack())
        .when(note_expiry())
        .at("2021-06-01")
        .refused("reminder.not-due", "2022-02-10")
        .under_rule("MEM-05")
        .at("2022-02-09")
        .refused("reminder.not-due", "2022-02-10")
        .at("2022-02-10")
        .then(order_expired("2022-02-09", "2022-02-10"));
}

TEST_CASE("A notice that comes late tells the window's last day beside its own", "[MEM-05]") {
    given(with_pack())
        .when(note_expiry())
        .at("2022-02-11")
        .then(order_expired("2022-02-09", "2022-02-11"))
        .at("2024-02-29")
        .then(order_expired("2022-02-09", "2024-02-29"));
}

TEST_CASE("The ledger itself notes an expiry, nobody else", "[MEM-05][ACC-09]") {
    const Asked asked = note_expiry();
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim", "stranger"})
        given(with_pack()).when(asked.by(user)).at("2022-02-10").refused("role.missing");
    for (const Asked& by : {asked.by_support(), asked.by_auditor()})
        given(with_pack()).when(by).at("2022-02-10").refused("role.missing").under_rule("ACC-09");
    given(with_pack()).when(note_expiry("ap-9")).at("2022-02-10").refused("order.unknown");
}

TEST_CASE("An expiry is noted once, and never of an order without a term or that goes on",
          "[MEM-05][LED-01]") {
    const Story placed = contoso().with(order_by_transfer(), "2021-01-10");
    const Story cancelled = with_pack()
                                .with(request_cancellation(), "2021-01-12")
                                .with(resolve_cancellation(), "2021-01-12");
    const Story renewed =
        with_pack().where([](PartnerState& state) { state.orders.front().renewed_by = "ap-2"; });
    const Story replaced = with_pack().where(
        [](PartnerState& state) { state.orders.front().replaced = day("2021-06-01").days; });
    for (const Story& story : {noted(), placed, cancelled, renewed, replaced})
        given(story).when(note_expiry()).at("2022-02-09").nothing().at("2022-02-10").nothing();
}

TEST_CASE("Whether the expiry was noted or not, the answers are the same", "[MEM-05]") {
    for (const Story& story : {with_pack(), noted()}) {
        const fb::OrderT& order = story.partner().orders.front();
        CHECK(orders::term_of(order, day("2022-02-10"), policies_of(story.ledger())) ==
              orders::Term::expired);
        given(story).when(assign_seat("kim")).at("2022-02-10").refused("membership.read-only");
    }
}

TEST_CASE("A window is as long as the policy of its first day says, for the notice too",
          "[MEM-05][LED-03]") {
    LedgerState ledger = with_pack().ledger();
    fb::PolicyVersionT longer = ledger.policies.back();
    longer.version = 100;
    longer.renewal_window_days = 60;
    // The window opens on 2022-01-11.
    longer.effective = day("2022-01-12").days;
    ledger.policies.push_back(longer);
    given(with_pack().under(ledger))
        .when(note_expiry())
        .at("2022-02-10")
        .then(order_expired("2022-02-09", "2022-02-10"));
    ledger.policies.back().effective = day("2022-01-11").days;
    given(with_pack().under(ledger))
        .when(note_expiry())
        .at("2022-02-10")
        .refused("reminder.not-due", "2022-03-12");
}
