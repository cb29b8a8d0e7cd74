// Deliveries of keys and tokens by the vendor, and what fits into a partner's record.
#include "aggregates/row_size.h"
#include "events/limits.h"
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

// Anniversary 2022-01-10, window 2022-01-11 .. 2022-02-09.
Story with_pack() { return contoso().with_action_pack("2021-01-10"); }
Story with_keys(std::vector<fb::KeyMaterialT> keys) {
    return with_pack().with(deliver_keys(kWindows, std::move(keys)), "2021-01-12");
}

// A pack that grants more activations than a record has room for machines.
Story with_huge_pack() {
    return contoso().under(granting(kWindows, 100'000)).with_action_pack("2021-01-10");
}

// Delivers a key of as many units as just fit.
Story filled(const Story& story) {
    const std::size_t free = limits::kPartnerRowMaxBytes - row_max_bytes(story.partner());
    for (std::size_t units = free / name_max_bytes(); units > 0; --units) {
        const Asked delivery =
            deliver_keys(kWindows, {key("huge", static_cast<std::uint32_t>(units))});
        if (std::holds_alternative<Accepted>(story.rule_on(delivery, day("2021-01-14"))))
            return story.with(delivery, "2021-01-14");
    }
    FAIL("nothing fits");
    return story;
}

}  // namespace

TEST_CASE("The vendor's keys are added to a benefit's stock, by support or the system",
          "[SWK-05][SWK-06]") {
    const std::vector<fb::KeyMaterialT> two{key("win-1", 4), key("win-2", 6)};
    given(with_pack())
        .when(deliver_keys(kWindows, two))
        .at("2021-01-12")
        .then(keys_delivered(kWindows, two));
    given(with_pack())
        .when(deliver_keys(kWindows, two).by_system())
        .at("2021-01-12")
        .then(keys_delivered(kWindows, two));
    given(with_pack())
        .when(deliver_keys(kOffice, {key("office-1", 10)}))
        .at("2021-01-12")
        .then(keys_delivered(kOffice, {key("office-1", 10)}));
}

TEST_CASE("Nobody of the partner delivers keys, and no auditor", "[SWK-06][ACC-09]") {
    const Asked delivery = deliver_keys(kWindows, {key("win-1", 10)});
    for (const char* user : {"ada", "pat", "kim", "stranger"})
        given(with_pack())
            .when(delivery.by(user))
            .at("2021-01-12")
            .refused("role.missing")
            .under_rule("ACC-09");
    given(with_pack()).when(delivery.by_auditor()).at("2021-01-12").refused("role.missing");
}

TEST_CASE("A delivery names an order, a benefit of it, and one that has keys or tokens",
          "[SWK-06][OFF-05]") {
    given(with_pack())
        .when(deliver_keys({kWindows.sku, "ap-2"}, {key("win-1", 10)}))
        .at("2021-01-12")
        .refused("order.unknown")
        .under_rule("LED-08");
    given(with_pack())
        .when(deliver_keys({"windows-95"}, {key("win-1", 10)}))
        .at("2021-01-12")
        .refused("benefit.unknown")
        .under_rule("OFF-05");
    for (const Line& line : {Line{kSku}, kTeamServices, kAzure, Line{"product-support"}})
        given(with_pack())
            .when(deliver_keys(line, {key("win-1", 1)}))
            .at("2021-01-12")
            .refused("benefit.without-keys")
            .under_rule("SWK-06");
}

TEST_CASE("Ids of keys and tokens are unique within the partner", "[LED-08][SWK-06]") {
    const Story history = with_keys({key("win-1", 4)})
                              .with(purchase("learning-action-pack", "lap-1"), "2021-06-01")
                              .with(request_cancellation("sr-1", "lap-1"), "2021-06-02");
    const Line other_order{kOffice.sku, "lap-1"};
    for (const Line& line : {kWindows, kOffice, other_order})
        given(history)
            .when(deliver_keys(line, {key("other", 1), key("win-1", 1)}))
            .at("2021-06-03")
            .refused("key.exists")
            .under_rule("LED-08");
    given(history)
        .when(deliver_keys(kOffice, {key("same", 1), key("same", 1)}))
        .at("2021-06-03")
        .refused("key.exists");
    const Story cancelled =
        history.with(deliver_keys(other_order, {key("lap-key", 5)}), "2021-06-03")
            .with(resolve_cancellation(), "2021-06-04");
    given(cancelled)
        .when(deliver_keys(kOffice, {key("lap-key", 5)}))
        .at("2021-06-05")
        .refused("key.exists");
}

TEST_CASE("No more units are delivered than the order grants, in one delivery or in several",
          "[BEN-04][SWK-06]") {
    given(with_pack())
        .when(deliver_keys(kWindows, {key("win-1", 11)}))
        .at("2021-01-12")
        .refused("key.beyond-grant")
        .under_rule("BEN-04");
    given(with_pack())
        .when(deliver_keys(kWindows, {key("win-1", 5), key("win-2", 6)}))
        .at("2021-01-12")
        .refused("key.beyond-grant");
    const Story half = with_keys({key("win-1", 5)});
    given(half)
        .when(deliver_keys(kWindows, {key("win-2", 6)}))
        .at("2021-01-13")
        .refused("key.beyond-grant");
    given(half)
        .when(deliver_keys(kWindows, {key("win-2", 5)}))
        .at("2021-01-13")
        .then(keys_delivered(kWindows, {key("win-2", 5)}));
}

TEST_CASE("A delivery comes by the anniversary, the last day to activate what it brings",
          "[BEN-01][BEN-03][SWK-06]") {
    const Asked delivery = deliver_keys(kWindows, {key("win-1", 10)});
    given(with_pack())
        .when(delivery)
        .at("2022-01-10")
        .then(keys_delivered(kWindows, {key("win-1", 10)}))
        .at("2022-01-11")
        .refused("benefit.lapsed")
        .under_rule("BEN-01")
        .at("2022-02-09")
        .refused("benefit.lapsed")
        .at("2022-02-10")
        .refused("benefit.expired")
        .under_rule("BEN-03");
}

TEST_CASE("What doesn't fit into the partner's record is not delivered", "[LED-01][SWK-06]") {
    given(with_huge_pack())
        .when(deliver_keys(kWindows, {key("win-1", 100'000)}))
        .at("2021-01-12")
        .refused("partner.full")
        .under_rule("LED-01");
}

TEST_CASE("In a full record each delivered key has room for its machines, but none for new viewers",
          "[LED-01][SWK-01][SWK-03]") {
    const Story full = filled(with_huge_pack()
                                  .with(deliver_keys(kWindows, {key("win-1", 10)}), "2021-01-12")
                                  .with(reveal_key(kWindows), "2021-01-13"));
    given(full)
        .when(reveal_key(kWindows, "win-1"))
        .at("2021-01-15")
        .then(key_revealed_again(kWindows, "win-1", "ada", "2021-01-15"));
    given(full)
        .when(reveal_key(kWindows, "win-1").by("pat"))
        .at("2021-01-15")
        .refused("partner.full")
        .under_rule("LED-01");
    given(full).when(reveal_key(kWindows)).at("2021-01-15").refused("partner.full");
    Story activated = full;
    for (int i = 1; i <= 10; ++i)
        activated = activated.with(activate_key(kWindows, "win-1", "pc-" + std::to_string(i)),
                                   "2021-02-01");
    CHECK(pack(activated.partner()).size() <= limits::kPartnerRowMaxBytes);
    const Story given_back = activated.with(
        adjust_usage(kWindows.sku, -1).saying("pc-3 burnt").correcting(12), "2021-02-03");
    given(given_back)
        .when(activate_key(kWindows, "win-1", "pc-11"))
        .at("2021-02-04")
        .refused("partner.full")
        .under_rule("LED-01");
}
