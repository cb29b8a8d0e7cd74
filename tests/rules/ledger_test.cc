// The ledger's own commands: its clock, policy and catalogue versions.
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

Story sandbox() { return Story::of_ledger(new_ledger(true, "2021-02-01")); }

fb::ClockMovedT clock_moved(std::string_view to) {
    fb::ClockMovedT event;
    event.to = day(to).days;
    return event;
}

fb::PolicyVersionT next_policy(std::string_view effective) {
    fb::PolicyVersionT policy = new_ledger().policies.back();
    ++policy.version;
    policy.effective = day(effective).days;
    policy.benefit_roles = fb::Role::global_admin;
    policy.note = "A test.";
    return policy;
}

fb::CatalogueVersionT next_catalogue(std::string_view effective) {
    fb::CatalogueVersionT catalogue = new_ledger().catalogues.back();
    ++catalogue.version;
    catalogue.effective = day(effective).days;
    return catalogue;
}

fb::PolicyPublishedT published(const fb::PolicyVersionT& policy) {
    fb::PolicyPublishedT event;
    event.policy = std::make_unique<fb::PolicyVersionT>(policy);
    return event;
}

fb::CataloguePublishedT published(const fb::CatalogueVersionT& catalogue) {
    fb::CataloguePublishedT event;
    event.catalogue = std::make_unique<fb::CatalogueVersionT>(catalogue);
    return event;
}

}  // namespace

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

TEST_CASE("The clock is moved by support staff or the system", "[ACC-09]") {
    given(sandbox())
        .when(move_clock("2021-02-02").by_support())
        .at("2021-02-01")
        .then(clock_moved("2021-02-02"));
    given(sandbox())
        .when(move_clock("2021-02-02").by("ada"))
        .at("2021-02-01")
        .refused("role.missing")
        .under_rule("ACC-09");
    given(sandbox())
        .when(move_clock("2021-02-02").by_auditor())
        .at("2021-02-01")
        .refused("role.missing");
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
    for (const std::uint32_t wrong : {1u, 6u, 8u}) {
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
    CHECK(policy_on(story.ledger(), day("2021-03-01")).version == 7);
    given(contoso().under(story.ledger()).with_action_pack("2021-01-10"))
        .when(assign_seat("kim").by("pat"))
        .at("2021-02-28")
        .then(seat_assigned(1, "kim", "2021-02-28"))
        .at("2021-03-01")
        .refused("role.missing")
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
    CHECK(policy_on(story.ledger(), day("2021-02-15")).version == 9);
    CHECK(policy_on(story.ledger(), day("2021-03-01")).version == 8);
}

TEST_CASE("A catalogue version is published by support staff, numbered, not in the past",
          "[OFF-09]") {
    const fb::CatalogueVersionT today = next_catalogue("2021-02-01");
    given(sandbox()).when(publish(today)).at("2021-02-01").then(published(today));
    given(sandbox()).when(publish(today).by_system()).at("2021-02-01").refused("role.missing");
    given(sandbox())
        .when(publish(today))
        .at("2021-02-02")
        .refused("catalogue.effective-past")
        .under_rule("OFF-09");
    fb::CatalogueVersionT skipping = today;
    ++skipping.version;
    given(sandbox())
        .when(publish(skipping))
        .at("2021-02-01")
        .refused("catalogue.version-not-next")
        .under_rule("OFF-09");
    const Story story = sandbox().with(publish(today), "2021-02-01");
    CHECK(catalogue_on(story.ledger(), day("2021-01-31")).version == 1);
    CHECK(catalogue_on(story.ledger(), day("2021-02-01")).version == today.version);
}

TEST_CASE("No offer, and no SKU of an offer, stands twice in a catalogue", "[OFF-09]") {
    fb::CatalogueVersionT offer_twice = next_catalogue("2021-02-01");
    offer_twice.offers.push_back(offer_twice.offers.front());
    given(sandbox()).when(publish(offer_twice)).at("2021-02-01").refused("catalogue.id-twice");
    fb::CatalogueVersionT sku_twice = next_catalogue("2021-02-01");
    sku_twice.offers.front().grants.push_back(sku_twice.offers.front().grants.front());
    given(sandbox())
        .when(publish(sku_twice))
        .at("2021-02-01")
        .refused("catalogue.id-twice")
        .under_rule("OFF-09");
}
