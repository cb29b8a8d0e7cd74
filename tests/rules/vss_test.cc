// Seats: who may hold one, who gives it, when it moves.
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kTenant = "contoso.example";

}  // namespace

TEST_CASE("A seat can't move to another person before 90 days have passed", "[VSS-03]") {
    const Story history = with_pack().with_seat("kim", "2021-01-15");
    given(history)
        .when(move_seat(1, "lee"))
        .at("2021-01-15")
        .refused("seat.reassign-too-early", "2021-04-15")
        .at("2021-04-14")
        .refused("seat.reassign-too-early", "2021-04-15")
        .under_rule("VSS-03")
        .at("2021-04-15")
        .then(seat_moved(1, "kim", "lee", "2021-04-15"));
}

TEST_CASE("Until 2020-12-14 a seat moves at any time; from then on earlier assignments count too",
          "[VSS-03]") {
    const Story history = contoso().with_action_pack("2020-12-01").with_seat("kim", "2020-12-14");
    given(history)
        .when(move_seat(1, "lee"))
        .at("2020-12-14")
        .then(seat_moved(1, "kim", "lee", "2020-12-14"))
        .at("2020-12-15")
        .refused("seat.reassign-too-early", "2021-03-14")
        .at("2021-03-14")
        .then(seat_moved(1, "kim", "lee", "2021-03-14"));
}

TEST_CASE("A move starts the 90 days anew", "[VSS-03]") {
    const Story moved =
        with_pack().with_seat("kim", "2021-01-15").with(move_seat(1, "lee"), "2021-04-15");
    given(moved)
        .when(move_seat(1, "kim"))
        .at("2021-04-16")
        .refused("seat.reassign-too-early", "2021-07-14")
        .at("2021-07-14")
        .then(seat_moved(1, "lee", "kim", "2021-07-14"));
}

TEST_CASE("A seat moved to the person who has it stays as it is", "[VSS-03]") {
    given(with_pack().with_seat("kim", "2021-01-15"))
        .when(move_seat(1, "kim"))
        .at("2021-01-16")
        .nothing();
}

TEST_CASE("Taking the person off a seat doesn't free it for another one any earlier", "[VSS-03]") {
    const Story released = full_house().with(release_seat(1), "2021-02-01");
    given(released)
        .when(assign_seat("nia"))
        .at("2021-04-14")
        .refused("seat.reassign-too-early", "2021-04-15")
        .at("2021-04-15")
        .then(seat_assigned(1, "nia", "2021-04-15"));
}

TEST_CASE("Until 2020-12-14 a released seat goes to anybody at once", "[VSS-03]") {
    const Story released = contoso()
                               .with_action_pack("2020-11-01")
                               .with_seat("kim", "2020-12-10")
                               .with_seat("lee", "2020-12-10")
                               .with_seat("max", "2020-12-10")
                               .with(release_seat(2), "2020-12-11");
    given(released)
        .when(assign_seat("nia"))
        .at("2020-12-14")
        .then(seat_assigned(2, "nia", "2020-12-14"))
        .at("2020-12-15")
        .refused("seat.reassign-too-early", "2021-03-10");
}

TEST_CASE("The same person may be put back at any time, and the first assignment goes on counting",
          "[VSS-03]") {
    const Story released = full_house().with(release_seat(1), "2021-02-01");
    given(released)
        .when(assign_seat("kim"))
        .at("2021-02-01")
        .then(seat_assigned(1, "kim", "2021-02-01"));
    given(released.with_seat("kim", "2021-02-02"))
        .when(move_seat(1, "nia"))
        .at("2021-04-14")
        .refused("seat.reassign-too-early", "2021-04-15")
        .at("2021-04-15")
        .then(seat_moved(1, "kim", "nia", "2021-04-15"));
}

TEST_CASE("Of several released seats the one that is free first decides the date", "[VSS-03]") {
    const Story released =
        full_house().with(release_seat(3), "2021-02-01").with(release_seat(2), "2021-02-01");
    given(released)
        .when(assign_seat("nia"))
        .at("2021-02-02")
        .refused("seat.reassign-too-early", "2021-04-20")
        .at("2021-04-25")
        .then(seat_assigned(2, "nia", "2021-04-25"));
}

TEST_CASE("No first date is named that lies behind the end of the benefit", "[VSS-03][LED-05]") {
    const Story late = with_pack().with_seat("kim", "2022-01-05");
    given(late).when(move_seat(1, "lee")).at("2022-01-06").refused("seat.reassign-too-early");
}

TEST_CASE("Never used seats are given before somebody's former one", "[VSS-03]") {
    const Story released =
        with_pack().with_seat("kim", "2021-01-15").with(release_seat(1), "2021-01-16");
    given(released)
        .when(assign_seat("lee"))
        .at("2021-01-17")
        .then(seat_assigned(2, "lee", "2021-01-17"))
        .at("2021-06-17")
        .then(seat_assigned(2, "lee", "2021-06-17"));
    given(released)
        .when(assign_seat("kim"))
        .at("2021-01-17")
        .then(seat_assigned(1, "kim", "2021-01-17"));
}

TEST_CASE("A released seat has nobody to be moved from or taken off", "[VSS-03]") {
    const Story released =
        with_pack().with_seat("kim", "2021-01-15").with(release_seat(1), "2021-01-16");
    given(released).when(move_seat(1, "lee")).at("2021-06-17").refused("seat.not-assigned");
    given(released).when(move_seat(2, "lee")).at("2021-06-17").refused("seat.not-assigned");
    given(released).when(release_seat(1)).at("2021-06-17").nothing();
    given(released).when(release_seat(2)).at("2021-06-17").nothing();
    given(with_pack().with_seat("kim", "2021-01-15"))
        .when(release_seat(1))
        .at("2021-01-15")
        .then(seat_released(1, "kim"));
}

TEST_CASE("No person has two seats of a SKU", "[VSS-02]") {
    const Story history = with_pack().with_seat("kim", "2021-01-15").with_seat("lee", "2021-01-15");
    given(history)
        .when(assign_seat("kim"))
        .at("2021-01-16")
        .refused("seat.person-has-one")
        .under_rule("VSS-02");
    given(history).when(move_seat(1, "lee")).at("2021-06-16").refused("seat.person-has-one");
    given(history.with(move_seat(1, "max"), "2021-06-16"))
        .when(assign_seat("kim"))
        .at("2021-06-16")
        .then(seat_assigned(3, "kim", "2021-06-16"));
}

TEST_CASE("A person has one seat of a SKU over all orders that are open", "[VSS-02]") {
    const Story both = with_pack()
                           .with_seat("kim", "2021-01-15")
                           .with(purchase("learning-action-pack", "lap-1"), "2021-03-01");
    fb::SeatAssignedT other = seat_assigned(1, "kim", "2022-02-10");
    other.order = "lap-1";
    given(both)
        .when(assign_seat("kim", "", "lap-1"))
        .at("2021-03-01")
        .refused("seat.person-has-one")
        .at("2022-02-09")
        .refused("seat.person-has-one")  // last day of the Action Pack's window
        .at("2022-02-10")
        .then(other);
}

TEST_CASE("A seat goes to a person of the user list", "[VSS-01]") {
    given(with_pack())
        .when(assign_seat("stranger"))
        .at("2021-01-15")
        .refused("person.unknown")
        .under_rule("VSS-01");
    given(with_pack().with_seat("kim", "2021-01-15"))
        .when(move_seat(1, "stranger"))
        .at("2021-06-15")
        .refused("person.unknown");
    given(with_pack().with(add_user("stranger"), "2021-01-15"))
        .when(assign_seat("stranger"))
        .at("2021-01-15")
        .then(seat_assigned(1, "stranger", "2021-01-15"));
}

TEST_CASE("From 2020-12-15 a member of the partner's own tenant may hold a seat too", "[VSS-01]") {
    const Story history = contoso().with_action_pack("2020-12-01");
    given(history)
        .when(assign_seat("tess", kTenant))
        .at("2020-12-14")
        .refused("person.unknown", "2020-12-15")
        .under_rule("VSS-01")
        .at("2020-12-15")
        .then(seat_assigned(1, "tess", "2020-12-15", kTenant));
    given(history)
        .when(assign_seat("tess", "customer.example"))
        .at("2020-12-15")
        .refused("person.unknown");
    given(history)
        .when(assign_seat("kim", "customer.example"))
        .at("2020-12-14")
        .then(seat_assigned(1, "kim", "2020-12-14"));
    given(history.with_seat("kim", "2020-12-02"))
        .when(move_seat(1, "tess", kTenant))
        .at("2020-12-14")
        .refused("person.unknown", "2020-12-15")
        .at("2021-03-02")
        .then(seat_moved(1, "kim", "tess", "2021-03-02", kTenant));
}

TEST_CASE("A user who leaves keeps the seat until it is taken, and comes back to it only as a user",
          "[VSS-01][VSS-03]") {
    const Story left = full_house().with(remove_user("kim"), "2021-02-01");
    given(left)
        .when(move_seat(1, "nia"))
        .at("2021-02-02")
        .refused("seat.reassign-too-early", "2021-04-15");
    const Story released = left.with(release_seat(1), "2021-02-02");
    given(released).when(assign_seat("kim")).at("2021-02-03").refused("person.unknown");
    given(released.with(add_user("kim"), "2021-02-03"))
        .when(assign_seat("kim"))
        .at("2021-02-03")
        .then(seat_assigned(1, "kim", "2021-02-03"));
}

TEST_CASE("Order, benefit and its kind must be known", "[VSS-01][OFF-05]") {
    given(with_pack())
        .when(assign_seat("kim", "", "ap-2"))
        .at("2021-01-15")
        .refused("order.unknown");
    given(with_pack())
        .when(assign_seat("kim", "", kOrder, "visual-studio-enterprise"))
        .at("2021-01-15")
        .refused("benefit.unknown")
        .under_rule("OFF-05");
    given(with_pack())
        .when(assign_seat("kim", "", kOrder, "office-365-e3"))
        .at("2021-01-15")
        .refused("benefit.not-seats");
}
