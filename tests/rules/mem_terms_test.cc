// The term of a membership, its renewal window, and what is left when it has expired.
#include "aggregates/orders/terms.h"
#include "tests/support/accounts.h"
#include "tests/support/catch.h"
#include "tests/support/keys.h"
#include "tests/support/orders.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("Users don't change while the account is read-only", "[MEM-05]") {
    const Story story = contoso().with_action_pack("2020-02-01");
    for (const Asked& asked :
         {add_user("nils"), remove_user("kim"), change_roles("kim", kGlobalAdmin)})
        given(story)
            .when(asked)
            .at("2021-03-04")
            .refused("membership.read-only")
            .under_rule("MEM-05");
    given(story)
        .when(add_user("nils"))
        .at("2021-03-03")
        .then(user_added("nils", fb::Role::plain_user, false));
    given(story).when(accept_agreement("2021-02")).at("2021-03-04").refused("membership.read-only");
}

TEST_CASE("An expired membership shows no keys, and without the agreement there are none",
          "[MEM-05][ACC-02]") {
    const Story alone = with_key_shown();
    const Story unsigned_yet = nobody().with(register_partner(), "2021-01-04");
    for (const Asked& asked : everything_asked_of_keys()) {
        given(alone)
            .when(asked)
            .at("2022-02-10")
            .refused("membership.read-only")
            .under_rule("MEM-05");
        given(unsigned_yet)
            .when(asked)
            .at("2021-01-13")
            .refused("agreement.missing")
            .under_rule("ACC-02");
    }
}

TEST_CASE("The term runs from the purchase to its anniversary", "[MEM-02]") {
    given(contoso())
        .when(purchase())
        .at("2020-02-29")
        .then(action_pack("2020-02-29", "2021-02-28", true))
        .at("2021-12-31")
        .then(action_pack("2021-12-31", "2022-12-31", false));
    CHECK(orders::anniversary_of(day("2020-02-29"), 1) == day("2021-02-28"));
    CHECK(orders::anniversary_of(day("2020-02-29"), 4) == day("2024-02-29"));
}

TEST_CASE("The renewal window opens the day after the anniversary and lasts 30 days",
          "[MEM-03][MEM-04][MEM-05]") {
    const Story story = contoso().with_action_pack("2020-09-01");
    const fb::OrderT& order = story.partner().orders.front();
    const Policies policies = policies_of(story.ledger());
    CHECK(orders::window_opens(order) == day("2021-09-02"));
    CHECK(orders::window_closes(order, policies) == day("2021-10-01"));
    CHECK(orders::term_of(order, day("2021-09-01"), policies) == orders::Term::active);
    CHECK(orders::term_of(order, day("2021-09-02"), policies) == orders::Term::in_window);
    CHECK(orders::term_of(order, day("2021-10-01"), policies) == orders::Term::in_window);
    CHECK(orders::term_of(order, day("2021-10-02"), policies) == orders::Term::expired);
    CHECK_FALSE(orders::is_read_only(story.partner(), day("2021-10-01"), policies));
    CHECK(orders::is_read_only(story.partner(), day("2021-10-02"), policies));
    CHECK_FALSE(orders::is_read_only(contoso().partner(), day("2021-10-02"), policies));
}

TEST_CASE("A read-only account buys anew, and is none any more", "[MEM-05]") {
    given(contoso().with_action_pack("2020-12-01"))
        .when(purchase("learning-action-pack", "lap-1"))
        .at("2021-12-31")
        .then(purchased("learning-action-pack", "lap-1", fb::OfferKind::learning_action_pack,
                        "2021-12-31", "2022-12-31", false))
        .at("2022-01-01")
        .then(purchased("learning-action-pack", "lap-1", fb::OfferKind::learning_action_pack,
                        "2022-01-01", "2023-01-01", false));
    const Story anew = contoso()
                           .with_action_pack("2020-12-01")
                           .with(purchase("action-pack", "ap-2"), "2022-01-01");
    given(anew)
        .when(add_user("nils"))
        .at("2022-01-01")
        .then(user_added("nils", fb::Role::plain_user, false));
    // What the expired order granted stays lost.
    given(anew).when(assign_seat("kim")).at("2022-01-01").refused("benefit.expired");
}
