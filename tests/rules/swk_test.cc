// Software keys: who sees a key, what an activation takes, and downloads of what has no key.
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("An order that waits for its money, lapsed or was cancelled gets no keys and shows none",
          "[MEM-13][OFF-06][SWK-06]") {
    const Story waiting = contoso().with(order_by_transfer(), "2021-01-10");
    const Story cancelled = with_keys({key("win-1", 10)})
                                .with(request_cancellation(), "2021-01-13")
                                .with(resolve_cancellation(), "2021-01-14");
    std::vector<Asked> asked = everything_asked_of_keys();
    asked.push_back(deliver_keys(kWindows, {key("win-2", 10)}));
    for (const Asked& each : asked) {
        given(waiting)
            .when(each)
            .at("2021-02-08")
            .refused("order.waiting-for-payment")
            .under_rule("MEM-13")
            .at("2021-02-09")
            .refused("order.lapsed")
            .under_rule("MEM-13");
        given(cancelled)
            .when(each)
            .at("2021-01-14")
            .refused("order.cancelled")
            .under_rule("OFF-06");
    }
    given(waiting.with(receive_payment(), "2021-01-20"))
        .when(deliver_keys(kWindows, {key("win-1", 10)}))
        .at("2021-01-20")
        .then(keys_delivered(kWindows, {key("win-1", 10)}));
}

TEST_CASE("A key is shown with the language and the system it was asked for, and who saw it",
          "[SWK-01]") {
    given(with_keys({key("win-1", 10)}))
        .when(reveal_key(kWindows).by("pat"))
        .at("2021-01-13")
        .then(key_revealed(kWindows, "win-1", "pat", "2021-01-13"));
}

TEST_CASE("A reveal takes the next key of the stock, in the order of delivery",
          "[SWK-01][SWK-06]") {
    const Story first = with_keys({key("z", 3), key("a", 4)})
                            .with(deliver_keys(kWindows, {key("m", 3)}), "2021-01-13")
                            .with(reveal_key(kWindows), "2021-01-14");
    given(first)
        .when(reveal_key(kWindows))
        .at("2021-01-15")
        .then(key_revealed(kWindows, "a", "ada", "2021-01-15"));
    given(first.with(reveal_key(kWindows), "2021-01-15"))
        .when(reveal_key(kWindows))
        .at("2021-01-16")
        .then(key_revealed(kWindows, "m", "ada", "2021-01-16"));
}

TEST_CASE("With nothing in stock no key is shown, until the vendor delivers", "[SWK-06]") {
    given(with_pack())
        .when(reveal_key(kWindows))
        .at("2021-01-13")
        .refused("key.not-delivered")
        .under_rule("SWK-06");
    const Story half = with_keys({key("win-1", 5)}).with(reveal_key(kWindows), "2021-01-13");
    given(half).when(reveal_key(kWindows)).at("2021-01-14").refused("key.not-delivered");
    given(half.with(deliver_keys(kWindows, {key("win-2", 5)}), "2021-01-14"))
        .when(reveal_key(kWindows))
        .at("2021-01-14")
        .then(key_revealed(kWindows, "win-2", "ada", "2021-01-14"));
}

TEST_CASE("Each look at a key is an event and takes nothing", "[SWK-01][SWK-03]") {
    const Story shown = with_key_shown();
    given(shown)
        .when(reveal_key(kWindows, "win-1"))
        .at("2021-01-13")
        .then(key_revealed_again(kWindows, "win-1", "ada", "2021-01-13"));
    given(shown)
        .when(reveal_key(kWindows).by("pat"))
        .at("2021-01-14")
        .then(key_revealed_again(kWindows, "win-1", "pat", "2021-01-14"));
    const Story looked = shown.with(reveal_key(kWindows).by("pat"), "2021-01-14")
                             .with(reveal_key(kWindows), "2021-01-15")
                             .with(reveal_key(kWindows, "win-1"), "2021-01-16");
    CHECK(benefit(looked, kWindows).used == 0);
    const fb::KeyT& kept = benefit(looked, kWindows).keys.front();
    CHECK(kept.taken == day("2021-01-13").days);
    CHECK(kept.seen_by == std::vector<std::string>{"ada", "pat"});
}

TEST_CASE("When all that is granted was shown, the last key is shown again", "[SWK-01]") {
    const Story both = with_keys({key("win-1", 5), key("win-2", 5)})
                           .with(reveal_key(kWindows), "2021-01-13")
                           .with(reveal_key(kWindows), "2021-01-14");
    given(both)
        .when(reveal_key(kWindows))
        .at("2021-01-15")
        .then(key_revealed_again(kWindows, "win-2", "ada", "2021-01-15"));
    given(both)
        .when(reveal_key(kWindows, "win-1"))
        .at("2021-01-15")
        .then(key_revealed_again(kWindows, "win-1", "ada", "2021-01-15"));
}

TEST_CASE("Only a key that was shown before is named", "[SWK-01]") {
    const Story first = with_keys({key("win-1", 5), key("win-2", 5)})
                            .with(reveal_key(kWindows), "2021-01-13")
                            .with(deliver_keys(kOffice, {key("office-1", 10)}), "2021-01-13");
    for (const Asked& asked :
         {reveal_key(kWindows, "win-2"), activate_key(kWindows, "win-2", "pc-1")})
        given(first).when(asked).at("2021-01-14").refused("key.not-revealed").under_rule("SWK-01");
    for (const char* id : {"win-3", "office-1"}) {
        given(first)
            .when(reveal_key(kWindows, id))
            .at("2021-01-14")
            .refused("key.unknown")
            .under_rule("SWK-01");
        given(first)
            .when(activate_key(kWindows, id, "pc-1"))
            .at("2021-01-14")
            .refused("key.unknown")
            .under_rule("SWK-01");
    }
}

TEST_CASE(
    "After the anniversary no key is shown for the first time, and one that was is shown again",
    "[BEN-01][MEM-04][SWK-01]") {
    const Story stocked = beside(with_keys({key("win-1", 10)}));
    given(stocked)
        .when(reveal_key(kWindows))
        .at("2022-01-10")
        .then(key_revealed(kWindows, "win-1", "ada", "2022-01-10"))
        .at("2022-01-11")
        .refused("benefit.lapsed")
        .under_rule("BEN-01")
        .at("2022-02-09")
        .refused("benefit.lapsed")
        .at("2022-02-10")
        .refused("benefit.expired")
        .under_rule("BEN-03");
    for (const Asked& asked : {reveal_key(kWindows), reveal_key(kWindows, "win-1")})
        given(beside(with_key_shown()))
            .when(asked)
            .at("2022-01-11")
            .then(key_revealed_again(kWindows, "win-1", "ada", "2022-01-11"))
            .at("2022-02-09")
            .then(key_revealed_again(kWindows, "win-1", "ada", "2022-02-09"))
            .at("2022-02-10")
            .refused("benefit.expired")
            .under_rule("BEN-03");
}

TEST_CASE("Each machine takes one activation, and the same machine again takes none", "[SWK-03]") {
    const Story shown = with_key_shown();
    given(shown)
        .when(activate_key(kWindows, "win-1", "pc-1"))
        .at("2021-02-01")
        .then(key_activated(kWindows, "win-1", "pc-1", 1, "2021-02-01"));
    const Story one = with_machines(shown, "win-1", 1, 1);
    given(one)
        .when(activate_key(kWindows, "win-1", "pc-1"))
        .at("2021-02-02")
        .then(key_activated(kWindows, "win-1", "pc-1", 0, "2021-02-02"));
    given(one)
        .when(activate_key(kWindows, "win-1", "pc-2"))
        .at("2021-02-02")
        .then(key_activated(kWindows, "win-1", "pc-2", 1, "2021-02-02"));
    CHECK(benefit(one.with(activate_key(kWindows, "win-1", "pc-1"), "2021-02-02"), kWindows).used ==
          1);
}

TEST_CASE("The same machine after a significant hardware change counts again", "[SWK-03]") {
    const Story one = with_machines(with_key_shown(), "win-1", 1, 1);
    given(one)
        .when(activate_changed(kWindows, "win-1", "pc-1"))
        .at("2021-02-02")
        .then(key_activated(kWindows, "win-1", "pc-1", 1, "2021-02-02"));
    const Story changed = one.with(activate_changed(kWindows, "win-1", "pc-1"), "2021-02-02");
    CHECK(benefit(changed, kWindows).used == 2);
    CHECK(benefit(changed, kWindows).keys.front().machines == std::vector<std::string>{"pc-1"});
    given(changed)
        .when(activate_key(kWindows, "win-1", "pc-1"))
        .at("2021-02-03")
        .then(key_activated(kWindows, "win-1", "pc-1", 0, "2021-02-03"));
}

TEST_CASE("A key that is used up stops for new machines, not for those that have it", "[SWK-03]") {
    given(with_machines(with_key_shown(), "win-1", 1, 9))
        .when(activate_key(kWindows, "win-1", "pc-10"))
        .at("2021-02-02")
        .then(key_activated(kWindows, "win-1", "pc-10", 1, "2021-02-02"));
    given(used_up())
        .when(activate_key(kWindows, "win-1", "pc-11"))
        .at("2021-02-02")
        .refused("key.used-up")
        .under_rule("SWK-03");
    given(used_up())
        .when(activate_changed(kWindows, "win-1", "pc-1"))
        .at("2021-02-02")
        .refused("key.used-up")
        .under_rule("SWK-03");
    given(used_up())
        .when(activate_key(kWindows, "win-1", "pc-10"))
        .at("2021-02-02")
        .then(key_activated(kWindows, "win-1", "pc-10", 0, "2021-02-02"));
    CHECK(benefit(used_up(), kWindows).used == 10);
}

TEST_CASE("Each key has activations and machines of its own", "[SWK-03]") {
    const Story both = with_keys({key("win-1", 2), key("win-2", 8)})
                           .with(reveal_key(kWindows), "2021-01-13")
                           .with(reveal_key(kWindows), "2021-01-13");
    const Story first_used_up = with_machines(both, "win-1", 1, 2);
    given(first_used_up)
        .when(activate_key(kWindows, "win-1", "pc-3"))
        .at("2021-02-02")
        .refused("key.used-up");
    given(first_used_up)
        .when(activate_key(kWindows, "win-2", "pc-1"))
        .at("2021-02-02")
        .then(key_activated(kWindows, "win-2", "pc-1", 1, "2021-02-02"));
}

TEST_CASE("Activations that support gives back or counts are the key's too", "[LED-07][SWK-03]") {
    const Story given_back = used_up().with(
        adjust_usage(kWindows.sku, -1).saying("pc-3 burnt").correcting(12), "2021-02-03");
    given(given_back)
        .when(activate_key(kWindows, "win-1", "pc-11"))
        .at("2021-02-04")
        .then(key_activated(kWindows, "win-1", "pc-11", 1, "2021-02-04"));
    given(given_back.with(activate_key(kWindows, "win-1", "pc-11"), "2021-02-04"))
        .when(activate_key(kWindows, "win-1", "pc-12"))
        .at("2021-02-05")
        .refused("key.used-up")
        .under_rule("SWK-03");
    const Asked all = adjust_usage(kWindows.sku, 10).saying("counted by telephone").correcting(12);
    given(with_key_shown().with(all, "2021-01-14"))
        .when(activate_key(kWindows, "win-1", "pc-1"))
        .at("2021-01-15")
        .refused("key.used-up")
        .under_rule("SWK-03");
}

TEST_CASE("After the anniversary a key is activated only on machines that have it",
          "[BEN-01][MEM-04][SWK-03]") {
    const Story one = beside(with_machines(with_key_shown(), "win-1", 1, 1));
    for (const Asked& asked :
         {activate_key(kWindows, "win-1", "pc-2"), activate_changed(kWindows, "win-1", "pc-1")})
        given(one)
            .when(asked)
            .at("2022-01-11")
            .refused("benefit.lapsed")
            .under_rule("BEN-01")
            .at("2022-02-09")
            .refused("benefit.lapsed")
            .at("2022-02-10")
            .refused("benefit.expired");
    given(one)
        .when(activate_key(kWindows, "win-1", "pc-2"))
        .at("2022-01-10")
        .then(key_activated(kWindows, "win-1", "pc-2", 1, "2022-01-10"));
    given(one)
        .when(activate_key(kWindows, "win-1", "pc-1"))
        .at("2022-01-11")
        .then(key_activated(kWindows, "win-1", "pc-1", 0, "2022-01-11"))
        .at("2022-02-09")
        .then(key_activated(kWindows, "win-1", "pc-1", 0, "2022-02-09"))
        .at("2022-02-10")
        .refused("benefit.expired")
        .under_rule("BEN-03");
}

TEST_CASE("An activation ends the right to a refund", "[SWK-04][OFF-06]") {
    const Story shown = with_key_shown();
    given(shown.with(activate_key(kWindows, "win-1", "pc-1"), "2021-01-14"))
        .when(request_cancellation())
        .at("2021-01-31")
        .refused("refund.software-activated");
    given(shown)
        .when(request_cancellation())
        .at("2021-02-01")
        .refused("refund.benefit-used")
        .under_rule("OFF-06");
}

TEST_CASE("A product without a key is downloaded: the first time takes a unit, later ones nothing",
          "[SWK-02]") {
    given(with_pack())
        .when(record_download(kTeamServices))
        .at("2021-01-12")
        .then(download_recorded(kTeamServices, 1, "2021-01-12"));
    const Story once = with_pack().with(record_download(kTeamServices), "2021-01-12");
    given(once)
        .when(record_download(kTeamServices))
        .at("2021-01-13")
        .then(download_recorded(kTeamServices, 0, "2021-01-13"));
    CHECK(benefit(once.with(record_download(kTeamServices), "2021-01-13"), kTeamServices).used ==
          1);
}

TEST_CASE("Downloads take as many units as are granted, and those that support took back",
          "[SWK-02][BEN-04][LED-07]") {
    const Line sql{"sql-server-standard"};  // two cores in the Action Pack of 2023
    const Story twice = contoso()
                            .with_action_pack("2023-02-01")
                            .with(record_download(sql), "2023-02-02")
                            .with(record_download(sql), "2023-02-03");
    CHECK(benefit(twice, sql).used == 2);
    given(twice)
        .when(record_download(sql))
        .at("2023-02-04")
        .then(download_recorded(sql, 0, "2023-02-04"));
    given(twice.with(adjust_usage(sql.sku, -1).saying("broken file").correcting(12), "2023-02-04"))
        .when(record_download(sql))
        .at("2023-02-05")
        .then(download_recorded(sql, 1, "2023-02-05"))
        .at("2024-02-02")
        .then(download_recorded(sql, 0, "2024-02-02"));
}

TEST_CASE("After the anniversary only what was downloaded before is downloaded again",
          "[BEN-01][MEM-04][SWK-02]") {
    given(beside(with_pack()))
        .when(record_download(kTeamServices))
        .at("2022-01-10")
        .then(download_recorded(kTeamServices, 1, "2022-01-10"))
        .at("2022-01-11")
        .refused("benefit.lapsed")
        .under_rule("BEN-01")
        .at("2022-02-10")
        .refused("benefit.expired");
    given(beside(with_pack().with(record_download(kTeamServices), "2021-01-12")))
        .when(record_download(kTeamServices))
        .at("2022-01-11")
        .then(download_recorded(kTeamServices, 0, "2022-01-11"))
        .at("2022-02-09")
        .then(download_recorded(kTeamServices, 0, "2022-02-09"))
        .at("2022-02-10")
        .refused("benefit.expired")
        .under_rule("BEN-03");
}

TEST_CASE("A product has a key or is downloaded, never both", "[SWK-02]") {
    const Story history = with_key_shown();
    for (const Line& line : {kTeamServices, kOffice, kAzure, Line{kSku}}) {
        given(history)
            .when(reveal_key(line))
            .at("2021-01-14")
            .refused("benefit.not-software-key")
            .under_rule("SWK-02");
        given(history)
            .when(activate_key(line, "win-1", "pc-1"))
            .at("2021-01-14")
            .refused("benefit.not-software-key")
            .under_rule("SWK-02");
    }
    for (const Line& line : {kWindows, kOffice, kAzure, Line{kSku}})
        given(history)
            .when(record_download(line))
            .at("2021-01-14")
            .refused("benefit.not-download")
            .under_rule("SWK-02");
}

TEST_CASE(
    "Keys are for whoever manages benefits: the global admin, from 2020-12-10 the partner admin",
    "[ACC-05][ACC-06][SWK-01]") {
    const Story history = contoso()
                              .with_action_pack("2020-12-01")
                              .with(deliver_keys(kWindows, {key("win-1", 10)}), "2020-12-02")
                              .with(reveal_key(kWindows), "2020-12-03")
                              .with(reveal_key(kWindows).by("pat"), "2020-12-10");
    for (const Asked& asked : everything_asked_of_keys()) {
        given(history)
            .when(asked.by("pat"))
            .at("2020-12-09")
            .refused("role.missing", "2020-12-10")
            .under_rule("ACC-05");
        for (const char* user : {"sam", "zoe", "kim", "stranger"})
            given(history)
                .when(asked.by(user))
                .at("2020-12-10")
                .refused("role.missing")
                .under_rule("ACC-06");
        for (const Asked& other : {asked.by_support(), asked.by_system(), asked.by_auditor()})
            given(history).when(other).at("2020-12-10").refused("role.missing");
    }
    given(history)
        .when(reveal_key(kWindows).by("pat"))
        .at("2020-12-10")
        .then(key_revealed_again(kWindows, "win-1", "pat", "2020-12-10"));
    given(history)
        .when(activate_key(kWindows, "win-1", "pc-1").by("pat"))
        .at("2020-12-10")
        .then(key_activated(kWindows, "win-1", "pc-1", 1, "2020-12-10"));
    given(history)
        .when(record_download(kTeamServices).by("pat"))
        .at("2020-12-10")
        .then(download_recorded(kTeamServices, 1, "2020-12-10"));
}

TEST_CASE("Activations that are given back can be taken again", "[LED-07][SWK-03]") {
    given(used_up())
        .when(activate_key(kWindows, "win-1", "pc-11"))
        .at("2021-02-02")
        .refused("key.used-up");
    const Story mended = used_up().with(explained(adjust_usage(kWindows.sku, -1)), "2021-02-02");
    CHECK(benefit(mended, kWindows).used == 9);
    CHECK(benefit(mended, kWindows).keys.front().activated == 9);
    given(mended)
        .when(activate_key(kWindows, "win-1", "pc-11"))
        .at("2021-02-02")
        .then(key_activated(kWindows, "win-1", "pc-11", 1, "2021-02-02"));
    given(mended.with(explained(adjust_usage(kWindows.sku, 1)), "2021-02-02"))
        .when(activate_key(kWindows, "win-1", "pc-11"))
        .at("2021-02-02")
        .refused("key.used-up");
}
