// Who may do what: users, support staff, the system, auditors.
#include "tests/support/accounts.h"
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/orders.h"
#include "tests/support/own_commands.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE(
    "Until 2020-12-09 only a global admin assigns benefits, from then on the MPN partner admin too",
    "[ACC-05][ACC-06]") {
    const Story history = contoso().with_action_pack("2020-12-01").with_seat("kim", "2020-12-02");
    given(history)
        .when(assign_seat("lee").by("pat"))
        .at("2020-12-09")
        .refused("role.missing", "2020-12-10")
        .under_rule("ACC-05")
        .at("2020-12-10")
        .then(seat_assigned(2, "lee", "2020-12-10"));
    given(history)
        .when(move_seat(1, "lee").by("pat"))
        .at("2020-12-09")
        .refused("role.missing", "2020-12-10")
        .under_rule("ACC-05")
        .at("2020-12-10")
        .then(seat_moved(1, "kim", "lee", "2020-12-10"));
    given(history)
        .when(release_seat(1).by("pat"))
        .at("2020-12-09")
        .refused("role.missing", "2020-12-10")
        .under_rule("ACC-05")
        .at("2020-12-10")
        .then(seat_released(1, "kim"));
    given(history)
        .when(assign_seat("lee"))
        .at("2020-12-09")
        .then(seat_assigned(2, "lee", "2020-12-09"))
        .at("2020-12-10")
        .then(seat_assigned(2, "lee", "2020-12-10"));
}

TEST_CASE("Nobody else assigns benefits, support staff and the system included",
          "[ACC-05][ACC-06]") {
    for (const char* user : {"sam", "zoe", "kim", "stranger"})
        given(with_pack())
            .when(assign_seat("lee").by(user))
            .at("2021-01-15")
            .refused("role.missing")
            .under_rule("ACC-06");
    given(with_pack())
        .when(assign_seat("lee").by_support())
        .at("2021-01-15")
        .refused("role.missing")
        .under_rule("ACC-06");
    given(with_pack())
        .when(assign_seat("lee").by_system())
        .at("2021-01-15")
        .refused("role.missing");
}

TEST_CASE("Any user of the partner buys, and nobody else", "[ACC-05]") {
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim"})
        given(contoso())
            .when(purchase().by(user))
            .at("2020-09-01")
            .then(action_pack("2020-09-01", "2021-09-01", true));
    given(contoso())
        .when(purchase().by("stranger"))
        .at("2020-09-01")
        .refused("role.missing")
        .under_rule("ACC-05");
    given(contoso())
        .when(purchase().by_support())
        .at("2020-09-01")
        .refused("role.missing")
        .under_rule("ACC-05");
    given(contoso())
        .when(purchase().by_system())
        .at("2020-09-01")
        .refused("role.missing")
        .under_rule("ACC-05");
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

TEST_CASE("An auditor changes nothing", "[ACC-09]") {
    const Story story = contoso().with_action_pack("2020-02-01").with_seat("kim", "2020-02-01");
    for (const Asked& asked :
         {accept_agreement("2021-02"), verify_contact(), add_user("nils"), remove_user("kim"),
          add_tenant("contoso-labs.example"), change_roles("kim", kGlobalAdmin),
          purchase("learning-action-pack", "lap-1"), turn_off(), turn_on(), assign_seat("lee"),
          move_seat(1, "lee"), release_seat(1)})
        given(story)
            .when(asked.by_auditor())
            .at("2020-02-02")
            .refused("role.missing")
            .under_rule("ACC-09");
}
