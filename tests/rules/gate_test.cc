// What every command passes before its area sees it.
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("A command is refused after its not_after, whatever else is wrong with it", "[LED-08]") {
    const Time noon{start_of(day("2021-03-01")).milliseconds + 43'200'000};
    const Asked asked = assign_seat("kim").expecting(99);
    given(nobody())
        .when(asked.until(Time{noon.milliseconds - 1}))
        .at("2021-03-01")
        .refused("command.too-late");
    given(nobody()).when(asked.until(noon)).at("2021-03-01").refused("partner.unknown");
    given(nobody())
        .when(asked.until(end_of(day("2021-03-01"))))
        .at("2021-03-01")
        .refused("partner.unknown")
        .at("2021-03-02")
        .refused("command.too-late")
        .under_rule("LED-08");
}

TEST_CASE("A not_after is no hindrance before it", "[LED-08]") {
    given(contoso().with_action_pack("2021-01-10"))
        .when(assign_seat("kim").until(end_of(day("2021-01-31"))))
        .at("2021-01-31")
        .then(seat_assigned(1, "kim", "2021-01-31"))
        .at("2021-02-01")
        .refused("command.too-late");
}

TEST_CASE("The ledger's own commands are not a partner's, and a partner's not the ledger's",
          "[LED-01]") {
    given(contoso())
        .when(move_clock("2021-01-01").at_the_wrong_door())
        .at("2021-01-01")
        .refused("command.wrong-scope");
    given(Story::of_ledger(new_ledger(true)))
        .when(assign_seat("kim").at_the_wrong_door())
        .at("2021-01-01")
        .refused("command.wrong-scope");
}

TEST_CASE("An accepted command's id gives its answer again, whatever has changed since",
          "[LED-02]") {
    const Story story = contoso()
                            .with_action_pack("2021-01-10")
                            .with(assign_seat("kim").under_id("c1"), "2021-01-11");
    const std::uint64_t version = story.partner().version;
    given(story.with(release_seat(1), "2021-01-12"))
        .when(assign_seat("kim").under_id("c1"))
        .at("2021-01-11")
        .accepted_before(version)
        .at("2031-01-11")
        .accepted_before(version);
}

TEST_CASE(
    "An accepted command's id is refused with another body, before anything else is looked at",
    "[LED-02]") {
    const Story story = contoso()
                            .with_action_pack("2021-01-10")
                            .with(assign_seat("kim").under_id("c1"), "2021-01-11");
    given(story)
        .when(assign_seat("lee").under_id("c1"))
        .at("2021-01-11")
        .refused("command.id-reused")
        .under_rule("LED-02");
    given(story)
        .when(assign_seat("lee").under_id("c1").until(Time{0}))
        .at("2021-01-11")
        .refused("command.id-reused");
}

TEST_CASE("A refused command's id may be used again", "[LED-02]") {
    given(contoso().with_action_pack("2021-01-10"))
        .when(assign_seat("nobody").under_id("c1"))
        .at("2021-01-11")
        .refused("person.unknown");
    given(contoso().with_action_pack("2021-01-10"))
        .when(assign_seat("kim").under_id("c1"))
        .at("2021-01-11")
        .then(seat_assigned(1, "kim", "2021-01-11"));
}

TEST_CASE("Ids that the ledger derives for itself are taken from the system alone", "[LED-11]") {
    const Story story = contoso().with_action_pack("2021-01-10");
    for (const char* id : {"due/lapse/2021-02-01/0", "merge/1", "erase/", "due/"}) {
        for (const Asked& asked :
             {assign_seat("kim"), assign_seat("kim").by("nobody"), assign_seat("kim").by_support(),
              assign_seat("kim").by_auditor(), publish(fb::PolicyVersionT{})})
            given(asked.of_the_ledger ? Story::of_ledger(new_ledger()) : story)
                .when(asked.under_id(id))
                .at("2021-02-01")
                .refused("command.id-reserved")
                .under_rule("LED-11");
        given(story).when(verify_contact().under_id(id)).at("2021-02-01").nothing();
    }
    for (const char* id : {"due", "dues/1", "Due/1", "a/due/1", "merge", "erased/1"})
        given(story)
            .when(assign_seat("kim").under_id(id))
            .at("2021-02-01")
            .then(seat_assigned(1, "kim", "2021-02-01"));
}

TEST_CASE("A reserved id is asked for after the scope, before the partner", "[LED-05][LED-11]") {
    const Asked asked = assign_seat("kim").under_id("due/1");
    given(nobody()).when(asked).at("2021-02-01").refused("command.id-reserved");
    given(nobody()).when(asked.at_the_wrong_door()).at("2021-02-01").refused("command.wrong-scope");
    given(nobody()).when(asked.until(Time{0})).at("2021-02-01").refused("command.too-late");
}

TEST_CASE("Only a registered partner acts", "[ACC-01]") {
    for (const Asked& asked :
         {accept_agreement(), verify_contact(), add_user("kim"), remove_user("kim"), purchase(),
          turn_off(), turn_on(), assign_seat("kim"), move_seat(1, "kim"), release_seat(1)})
        given(nobody())
            .when(asked)
            .at("2021-03-01")
            .refused("partner.unknown")
            .under_rule("ACC-01");
}

TEST_CASE("A partner is registered once", "[ACC-01]") {
    given(contoso())
        .when(register_partner())
        .at("2021-03-01")
        .refused("partner.already-registered");
    given(contoso())
        .when(register_partner("kim").expecting(3))
        .at("2021-03-01")
        .refused("partner.already-registered");
}

TEST_CASE("A command may insist on the partner's version", "[LED-09]") {
    const Story story = contoso().with_action_pack("2021-01-10");
    const std::uint64_t version = story.partner().version;
    given(story)
        .when(assign_seat("kim").expecting(version))
        .at("2021-01-11")
        .then(seat_assigned(1, "kim", "2021-01-11"));
    given(story)
        .when(assign_seat("kim").expecting(version + 1))
        .at("2021-01-11")
        .refused("version.conflict");
    given(nobody())
        .when(register_partner().expecting(1))
        .at("2021-01-11")
        .refused("version.conflict");
    given(story)
        .when(remove_user("nobody").by("kim").expecting(1))
        .at("2021-01-11")
        .refused("version.conflict")
        .under_rule("LED-09");
}

TEST_CASE("A version conflict names the events in between", "[LED-09]") {
    const Story story = contoso().with_action_pack("2021-01-10").with_seat("kim", "2021-01-11");
    const std::uint64_t version = story.partner().version;
    const Scenario scenario = given(story)
                                  .when(assign_seat("lee").expecting(version - 2))
                                  .at("2021-01-12")
                                  .refused("version.conflict");
    CHECK(scenario.refusal().said ==
          refuse(say::VersionConflictSince{
                     .version = version,
                     .expected = version - 2,
                     .events = "OfferPurchased (" + std::to_string(version - 1) +
                               "), SeatAssigned (" + std::to_string(version) + ")"})
              .said);
}

TEST_CASE("A version conflict that is long names the first events and counts the others",
          "[LED-09]") {
    Story story = contoso();
    for (int i = 0; i < 40; ++i)
        story = story.with(add_user("user-" + std::to_string(i)), "2021-01-01");
    const Scenario scenario = given(story)
                                  .when(add_user("nils").expecting(10))
                                  .at("2021-01-12")
                                  .refused("version.conflict");
    const Said& said = scenario.refusal().said;
    CHECK(said.sentence == Sentence::version_conflict_since_many);
    CHECK(said.values.back() == NamedValue{"more", "20"});
}

TEST_CASE("Whatever corrects an event names one that is there", "[LED-07]") {
    const Story story = contoso().with_action_pack("2021-01-10").with_seat("kim", "2021-01-11");
    const std::uint64_t version = story.partner().version;
    for (const Asked& asked :
         {accept_agreement("2021-02"), verify_contact(), add_user("nils"), remove_user("kim"),
          purchase(), turn_off(), assign_seat("lee"), move_seat(1, "lee"), release_seat(1)}) {
        for (const std::uint64_t named : {version + 1, version + 1000, ~std::uint64_t{0}})
            given(story)
                .when(asked.correcting(named))
                .at("2021-01-12")
                .refused("corrects.unknown-event")
                .under_rule("LED-07");
    }
    given(story)
        .when(release_seat(1).correcting(version))
        .at("2021-01-12")
        .then(seat_released(1, "kim"));
    given(nobody())
        .when(register_partner().correcting(1))
        .at("2021-01-12")
        .refused("corrects.unknown-event");
}

TEST_CASE("What corrects names is asked for after the version, before the roles",
          "[LED-05][LED-07]") {
    const Story story = contoso().with_action_pack("2021-01-10");
    const Asked asked = assign_seat("kim").by("kim").correcting(1000);
    given(story).when(asked.expecting(1)).at("2021-01-11").refused("version.conflict");
    given(story).when(asked).at("2021-01-11").refused("corrects.unknown-event");
}

TEST_CASE("Roles are asked for before the account's state, the state before the agreement",
          "[LED-05]") {
    const Story bare = nobody().with(register_partner(), "2019-06-03");
    given(bare).when(purchase().by("kim")).at("2021-01-01").refused("role.missing");
    given(bare).when(purchase()).at("2021-01-01").refused("membership.not-active");
    given(bare.with(verify_contact(), "2019-06-04"))
        .when(purchase("no-such-offer"))
        .at("2021-01-01")
        .refused("agreement.missing");
    const Story expired = contoso().with_action_pack("2020-01-10");
    given(expired).when(assign_seat("kim").by("kim")).at("2021-06-01").refused("role.missing");
    given(expired)
        .when(assign_seat("kim", "", "no-such-order"))
        .at("2021-06-01")
        .refused("membership.read-only");
}
