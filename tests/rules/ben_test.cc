// Benefits in general: how long they are there, and how much of them.
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("When all seats stand in tokens that were issued, no more is issued", "[BEN-04]") {
    given(with_token_issued())
        .when(issue_token(kOffice))
        .at("2021-01-14")
        .refused("token.none-left")
        .under_rule("BEN-04");
    CHECK(benefit(with_token_issued(), kOffice).used == 0);
}

TEST_CASE("Tokens are issued and redeemed by the anniversary", "[BEN-01][BEN-03]") {
    given(beside(with_tokens({key("tok-1", 10)})))
        .when(issue_token(kOffice))
        .at("2022-01-10")
        .then(token_issued(kOffice, "tok-1", 10, "2022-01-10"))
        .at("2022-01-11")
        .refused("benefit.lapsed")
        .under_rule("BEN-01")
        .at("2022-02-09")
        .refused("benefit.lapsed")
        .at("2022-02-10")
        .refused("benefit.expired")
        .under_rule("BEN-03");
    given(beside(with_token_issued()))
        .when(redeem_token(kOffice, "tok-1"))
        .at("2022-01-10")
        .then(token_redeemed(kOffice, "tok-1", 10, "2022-01-10", "2023-01-10"))
        .at("2022-01-11")
        .refused("benefit.lapsed")
        .under_rule("BEN-01")
        .at("2022-02-09")
        .refused("benefit.lapsed")
        .at("2022-02-10")
        .refused("benefit.expired")
        .under_rule("BEN-03");
}

TEST_CASE("A token that has lapsed says so before it says that it can't be split", "[BEN-01]") {
    given(with_token_issued())
        .when(redeem_token(kOffice, "tok-1", "", 3))
        .at("2022-01-10")
        .refused("token.not-splittable")
        .at("2022-01-11")
        .refused("benefit.lapsed");
}

TEST_CASE("Seats that support counted as used are not redeemed again", "[BEN-04][LED-07]") {
    const Asked one_more = adjust_usage(kOffice.sku, 1).saying("redeemed elsewhere").correcting(12);
    const Story counted = with_token_issued().with(one_more, "2021-01-14");
    given(counted)
        .when(redeem_token(kOffice, "tok-1"))
        .at("2021-01-15")
        .refused("token.none-left")
        .under_rule("BEN-04");
    const Asked back = adjust_usage(kOffice.sku, -1).saying("it was not").correcting(14);
    given(counted.with(back, "2021-01-16"))
        .when(redeem_token(kOffice, "tok-1"))
        .at("2021-01-17")
        .then(token_redeemed(kOffice, "tok-1", 10, "2021-01-17", "2022-01-17"));
}

TEST_CASE("No more seats are taken than the order grants", "[BEN-04]") {
    given(with_pack())
        .when(assign_seat("kim"))
        .at("2021-01-15")
        .then(seat_assigned(1, "kim", "2021-01-15"));
    given(full_house())
        .when(assign_seat("nia"))
        .at("2021-01-30")
        .refused("seat.none-left")
        .under_rule("BEN-04");
    given(full_house())
        .when(move_seat(0, "nia"))
        .at("2021-01-30")
        .refused("seat.unknown")
        .under_rule("BEN-04");
    given(full_house()).when(move_seat(4, "nia")).at("2021-01-30").refused("seat.unknown");
    given(full_house()).when(release_seat(4)).at("2021-01-30").refused("seat.unknown");
}

TEST_CASE("Seats are assigned through the 30 days after the anniversary",
          "[BEN-03][MEM-04][MEM-05]") {
    const Story alone = with_pack().with_seat("kim", "2021-01-15");
    given(alone)
        .when(assign_seat("lee"))
        .at("2022-01-10")
        .then(seat_assigned(2, "lee", "2022-01-10"))
        .at("2022-02-09")
        .then(seat_assigned(2, "lee", "2022-02-09"))
        .at("2022-02-10")
        .refused("membership.read-only")
        .under_rule("MEM-05");
    const Story beside = alone.with(purchase("learning-action-pack", "lap-1"), "2021-06-01");
    for (const Asked& asked : {assign_seat("lee"), move_seat(1, "lee"), release_seat(1)})
        given(beside).when(asked).at("2022-02-10").refused("benefit.expired").under_rule("BEN-03");
    given(beside).when(release_seat(1)).at("2022-02-09").then(seat_released(1, "kim"));
}

TEST_CASE("A key shown after all that is granted was counted as used activates nothing",
          "[BEN-04][LED-07]") {
    const Story counted =
        with_keys({key("win-1", 4), key("win-2", 6)})
            .with(reveal_key(kWindows), "2021-01-13")
            .with(adjust_usage(kWindows.sku, 10).saying("counted by telephone").correcting(13),
                  "2021-01-14")
            .with(reveal_key(kWindows), "2021-01-15");
    given(counted)
        .when(activate_key(kWindows, "win-2", "pc-1"))
        .at("2021-01-16")
        .refused("key.used-up")
        .under_rule("BEN-04");
}

TEST_CASE("A used-up key says that it has lapsed before it says that it is used up", "[BEN-01]") {
    given(used_up())
        .when(activate_key(kWindows, "win-1", "pc-11"))
        .at("2022-01-10")
        .refused("key.used-up")
        .at("2022-01-11")
        .refused("benefit.lapsed");
}

TEST_CASE("What an order grants expires with its term", "[BEN-01]") {
    const Story story = contoso().with_action_pack("2020-09-01");
    for (const fb::BenefitT& benefit : story.partner().orders.front().benefits)
        CHECK(benefit.expiry == day("2021-09-01").days);
}

TEST_CASE("How many units there are, are used and are left is told after every event", "[BEN-06]") {
    const Story shown = with_key_shown();
    CHECK(benefit(shown, kWindows).granted == 10);
    CHECK(benefit(shown, kWindows).used == 0);
    CHECK(benefit(with_machines(shown, "win-1", 1, 3), kWindows).used == 3);
    CHECK(benefit(used_up(), kWindows).used == benefit(used_up(), kWindows).granted);
    CHECK(benefit(with_token_issued(), kOffice).used == 0);
    CHECK(benefit(with_token_redeemed(), kOffice).used == 10);
    CHECK(benefit(full_house(), Line{kSku}).seats.size() ==
          benefit(full_house(), Line{kSku}).granted);
}
