// The ledger's own commands: its clock and policy versions.
#include "tests/support/catch.h"
#include "tests/support/own_commands.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("A sandbox ledger's clock moves forward only", "[LED-03]") {
    given(sandbox())
        .when(move_clock("2021-02-02"))
        .at("2021-02-01")
        .then(clock_moved("2021-02-02"));
    given(sandbox()).when(move_clock("2021-02-01")).at("2021-02-01").nothing();
    given(sandbox())
        .when(move_clock("2021-01-31"))
        .at("2021-02-01")
        .refused("clock.backwards")
        .under_rule("LED-03");
    const Story moved = sandbox().with(move_clock("2021-03-01"), "2021-02-01");
    CHECK(moved.ledger().clock == day("2021-03-01"));
    CHECK(moved.ledger().version == 1);
    given(moved).when(move_clock("2021-02-28")).at("2021-03-01").refused("clock.backwards");
}

TEST_CASE("A production ledger's clock can't be moved", "[LED-03]") {
    given(Story::of_ledger(new_ledger()))
        .when(move_clock("2021-02-02"))
        .at("2021-02-01")
        .refused("ledger.not-a-sandbox");
}

TEST_CASE("The ledger's own commands have a not_after and an expected version too",
          "[LED-08][LED-09]") {
    given(sandbox())
        .when(move_clock("2021-02-02").until(Time{0}))
        .at("2021-02-01")
        .refused("command.too-late");
    given(sandbox())
        .when(move_clock("2021-02-02").expecting(1))
        .at("2021-02-01")
        .refused("version.conflict");
    given(sandbox().with(move_clock("2021-02-02"), "2021-02-01"))
        .when(move_clock("2021-02-03").expecting(0))
        .at("2021-02-02")
        .refused("version.conflict");
}

TEST_CASE("What corrects an event of the ledger itself names one that is there", "[LED-07]") {
    given(sandbox())
        .when(move_clock("2021-02-02").correcting(1))
        .at("2021-02-01")
        .refused("corrects.unknown-event")
        .under_rule("LED-07");
    given(sandbox().with(move_clock("2021-02-02"), "2021-02-01"))
        .when(move_clock("2021-02-03").correcting(1))
        .at("2021-02-02")
        .then(clock_moved("2021-02-03"));
}

TEST_CASE("A policy version is published by support staff, from its day or later", "[LED-03]") {
    const fb::PolicyVersionT today = next_policy("2021-02-01");
    given(sandbox()).when(publish(today)).at("2021-02-01").then(published(today));
    given(sandbox())
        .when(publish(today))
        .at("2021-02-02")
        .refused("policy.effective-past")
        .under_rule("LED-03");
    given(sandbox()).when(publish(today).by_system()).at("2021-02-01").refused("role.missing");
    given(sandbox())
        .when(publish(today).by("ada"))
        .at("2021-02-01")
        .refused("role.missing")
        .under_rule("ACC-09");
}

TEST_CASE("Policy versions are numbered without a gap", "[LED-03]") {
    fb::PolicyVersionT policy = next_policy("2021-03-01");
    for (const std::uint32_t wrong : {1u, 7u, 9u}) {
        policy.version = wrong;
        given(sandbox()).when(publish(policy)).at("2021-02-01").refused("policy.version-not-next");
    }
    const Story story = sandbox().with(publish(next_policy("2021-03-01")), "2021-02-01");
    given(story)
        .when(publish(next_policy("2021-03-01")))
        .at("2021-02-01")
        .refused("policy.version-not-next");
}

TEST_CASE("A policy version is in force from its effective date", "[LED-03]") {
    const Story story = sandbox().with(publish(next_policy("2021-03-01")), "2021-02-01");
    CHECK(policy_on(story.ledger(), day("2021-02-28")).version == 6);
    CHECK(policy_on(story.ledger(), day("2021-03-01")).version == 8);
    given(contoso().under(story.ledger()).with_action_pack("2021-01-10"))
        .when(assign_seat("kim").by("pat"))
        .at("2021-02-28")
        .then(seat_assigned(1, "kim", "2021-02-28"))
        .at("2021-03-01")
        .refused("role.missing", "2023-01-01")
        .under_rule("ACC-05");
}

TEST_CASE("Of two versions for the same day the later one counts", "[LED-03]") {
    fb::PolicyVersionT second = next_policy("2021-03-01");
    ++second.version;
    fb::PolicyVersionT earlier = second;
    ++earlier.version;
    earlier.effective = day("2021-02-15").days;
    const Story story = sandbox()
                            .with(publish(next_policy("2021-03-01")), "2021-02-01")
                            .with(publish(second), "2021-02-01")
                            .with(publish(earlier), "2021-02-01");
    CHECK(policy_on(story.ledger(), day("2021-02-14")).version == 6);
    CHECK(policy_on(story.ledger(), day("2021-02-15")).version == 10);
    CHECK(policy_on(story.ledger(), day("2021-03-01")).version == 9);
}
