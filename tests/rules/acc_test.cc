// Registration, agreement, contact, users and roles.
#include "tests/support/accounts.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::rules;

TEST_CASE("The registering user becomes global admin and admin agent", "[ACC-01]") {
    fb::PartnerRegisteredT event;
    event.legal_name = "Contoso Ltd";
    event.address = "1 Main Street, Springfield";
    event.tenant = "contoso.example";
    event.contact = person("ada");
    event.user = person("ada");
    event.roles = kGlobalAdmin | kAdminAgent;
    given(nobody()).when(register_partner()).at("2019-06-03").then(event);
    const Story story = nobody().with(register_partner(), "2019-06-03");
    CHECK(roles_of(story.partner(), fb::ActorKind::user, "ada") == (kGlobalAdmin | kAdminAgent));
    CHECK(roles_of(story.partner(), fb::ActorKind::user, "kim") == fb::Role::NONE);
    CHECK(roles_of(story.partner(), fb::ActorKind::support, "ada") == fb::Role::NONE);
}

TEST_CASE("Whoever registers a partner acts in the roles that this gives", "[ACC-01][LED-03]") {
    const Story story = nobody();
    const Standing standing{
        .ledger = story.ledger(), .partner = &story.partner(), .event_types = {}};
    const Bytes bytes = register_partner().packed();
    const Ruling ruling =
        answer_of(standing, *fb::GetCommand(bytes.data()), Id128{}, start_of(day("2019-06-03")));
    const auto* entry = std::get_if<NewEntry>(&ruling.says);
    REQUIRE(entry);
    CHECK(entry->header.actor_roles == (kGlobalAdmin | kAdminAgent));
}

TEST_CASE("A partner is registered by a user, in that user's own name", "[ACC-01]") {
    given(nobody()).when(register_partner("kim")).at("2019-06-03").refused("user.not-the-actor");
    for (const Asked& asked : {register_partner().by_support(), register_partner().by_system(),
                               register_partner().by_auditor()})
        given(nobody()).when(asked).at("2019-06-03").refused("role.missing").under_rule("ACC-01");
}

TEST_CASE("The agreement is accepted by a user with authority to sign", "[ACC-02]") {
    const Story story = nobody()
                            .with(register_partner(), "2019-06-03")
                            .with(add_user("kim", fb::Role::plain_user, true), "2019-06-03")
                            .with(add_user("lee", kGlobalAdmin), "2019-06-03");
    given(story)
        .when(accept_agreement())
        .at("2019-06-04")
        .then(agreement_accepted("2020-10", "ada"));
    given(story)
        .when(accept_agreement().by("kim"))
        .at("2019-06-04")
        .then(agreement_accepted("2020-10", "kim"));
    given(story)
        .when(accept_agreement().by("lee"))
        .at("2019-06-04")
        .refused("agreement.no-authority")
        .under_rule("ACC-02");
    given(story).when(accept_agreement().by("max")).at("2019-06-04").refused("role.missing");
    given(story).when(accept_agreement().by_support()).at("2019-06-04").refused("role.missing");
}

TEST_CASE("The same agreement is accepted once, a newer one again", "[ACC-02]") {
    given(contoso()).when(accept_agreement("2020-10")).at("2021-01-01").nothing();
    given(contoso())
        .when(accept_agreement("2021-02"))
        .at("2021-01-01")
        .then(agreement_accepted("2021-02", "ada"));
}

TEST_CASE("Authority to sign is a mark on the user, given and taken with the roles", "[ACC-02]") {
    const Story signs =
        contoso().with(change_roles("kim", fb::Role::plain_user, true), "2021-01-01");
    given(signs)
        .when(accept_agreement("2021-02").by("kim"))
        .at("2021-01-01")
        .then(agreement_accepted("2021-02", "kim"));
    given(signs.with(change_roles("kim", fb::Role::plain_user, false), "2021-01-01"))
        .when(accept_agreement("2021-02").by("kim"))
        .at("2021-01-01")
        .refused("agreement.no-authority");
}

TEST_CASE("Nothing is bought or assigned before the agreement is accepted", "[ACC-02]") {
    const Story story =
        nobody().with(register_partner(), "2019-06-03").with(verify_contact(), "2019-06-04");
    given(story)
        .when(purchase())
        .at("2020-02-01")
        .refused("agreement.missing")
        .under_rule("ACC-02");
    given(story)
        .when(assign_seat("ada"))
        .at("2020-02-01")
        .refused("agreement.missing")
        .under_rule("ACC-02");
}

TEST_CASE("The membership becomes active with the verified contact", "[ACC-03]") {
    const Story story =
        nobody().with(register_partner(), "2019-06-03").with(accept_agreement(), "2019-06-03");
    given(story)
        .when(purchase())
        .at("2020-02-01")
        .refused("membership.not-active")
        .under_rule("ACC-03");
    fb::ContactVerifiedT event;
    event.on = day("2020-02-01").days;
    given(story).when(verify_contact()).at("2020-02-01").then(event);
    given(story).when(verify_contact().by_support()).at("2020-02-01").then(event);
    const Story verified = story.with(verify_contact(), "2020-02-01");
    CHECK(verified.partner().member_since == day("2020-02-01").days);
    given(verified).when(verify_contact()).at("2020-03-01").nothing();
}

TEST_CASE("A partner's own user can't say that the contact is verified", "[ACC-03][ACC-09]") {
    given(contoso())
        .when(verify_contact().by("ada"))
        .at("2020-02-01")
        .refused("role.missing")
        .under_rule("ACC-09");
    given(contoso())
        .when(verify_contact().by_auditor())
        .at("2020-02-01")
        .refused("role.missing")
        .under_rule("ACC-09");
}

TEST_CASE("Admin agents and global admins change users and roles, nobody else", "[ACC-04]") {
    for (const char* user : {"ada", "zoe"}) {
        given(contoso())
            .when(add_user("nils", fb::Role::partner_admin, true).by(user))
            .at("2020-02-01")
            .then(user_added("nils", fb::Role::partner_admin, true));
        given(contoso())
            .when(remove_user("kim").by(user))
            .at("2020-02-01")
            .then(user_removed("kim"));
        given(contoso())
            .when(change_roles("kim", kAdminAgent | kGlobalAdmin, true).by(user))
            .at("2020-02-01")
            .then(roles_changed("kim", kAdminAgent | kGlobalAdmin, true));
    }
    for (const char* user : {"pat", "sam", "kim", "stranger"})
        for (const Asked& asked :
             {add_user("nils"), remove_user("kim"), change_roles("kim", kGlobalAdmin)})
            given(contoso())
                .when(asked.by(user))
                .at("2020-02-01")
                .refused("role.missing")
                .under_rule("ACC-04");
    for (const Asked& asked :
         {add_user("nils"), remove_user("kim"), change_roles("kim", kGlobalAdmin)}) {
        given(contoso())
            .when(asked.by_support())
            .at("2020-02-01")
            .refused("role.missing")
            .under_rule("ACC-04");
        given(contoso())
            .when(asked.by_system())
            .at("2020-02-01")
            .refused("role.missing")
            .under_rule("ACC-04");
    }
}

TEST_CASE("A role counts from the event that gives it to the event that takes it", "[ACC-04]") {
    const Story made = contoso().with(change_roles("kim", kAdminAgent), "2020-02-01");
    given(made)
        .when(add_user("nils").by("kim"))
        .at("2020-02-01")
        .then(user_added("nils", fb::Role::plain_user, false));
    given(made.with(change_roles("kim", kNoRole), "2020-02-02"))
        .when(add_user("nils").by("kim"))
        .at("2020-02-02")
        .refused("role.missing");
    given(made.with(remove_user("kim"), "2020-02-02"))
        .when(add_user("nils").by("kim"))
        .at("2020-02-02")
        .refused("role.missing");
}

TEST_CASE("A user without any role given is a plain user", "[ACC-04]") {
    given(contoso())
        .when(add_user("nils", kNoRole))
        .at("2020-02-01")
        .then(user_added("nils", fb::Role::plain_user, false));
    given(contoso())
        .when(change_roles("pat", kNoRole))
        .at("2020-02-01")
        .then(roles_changed("pat", fb::Role::plain_user, false));
}

TEST_CASE("A user stands on the list once, and may come back after leaving it", "[ACC-04]") {
    given(contoso()).when(add_user("kim")).at("2020-02-01").refused("user.exists");
    given(contoso().with(remove_user("kim"), "2020-02-01"))
        .when(add_user("kim"))
        .at("2020-02-02")
        .then(user_added("kim", fb::Role::plain_user, false));
}

TEST_CASE("An id belongs to one human for good: who was removed comes back under it, nobody else",
          "[ACC-13][LED-08]") {
    const auto lee = [](char email, std::string_view id = "lena") {
        fb::AddUserT command;
        command.user = person(id);
        // As long as a sealed text is: the keyed hash stands in it.
        command.user->email.assign(100, static_cast<std::uint8_t>(email));
        command.roles = fb::Role::plain_user;
        return ask(std::move(command));
    };
    const auto added = [](char email, std::string_view id = "lena") {
        fb::UserAddedT event = user_added(id, fb::Role::plain_user, false);
        event.user->email.assign(100, static_cast<std::uint8_t>(email));
        return event;
    };
    const Story gone = contoso()
                           .with_action_pack("2021-01-10")
                           .with(lee('a'), "2021-01-10")
                           .with_seat("lena", "2021-01-11")
                           .with(remove_user("lena"), "2021-01-12");
    given(gone).when(lee('a')).at("2021-01-13").then(added('a'));
    given(gone).when(lee('b')).at("2021-01-13").refused("user.id-taken").under_rule("ACC-13");
    given(gone).when(lee('b', "lina")).at("2021-01-13").then(added('b', "lina"));
    // Time and other people change nothing of it, and who came back may leave again.
    const Story back = gone.with(lee('b', "lina"), "2021-01-13").with(lee('a'), "2021-01-14");
    given(back).when(lee('b')).at("2021-01-15").refused("user.exists");
    const Story again =
        back.with(remove_user("lina"), "2021-01-15").with(remove_user("lena"), "2021-01-15");
    given(again).when(lee('b')).at("2021-12-01").refused("user.id-taken");
    given(again).when(lee('a', "lina")).at("2021-12-01").refused("user.id-taken");
    given(again).when(lee('a')).at("2021-12-01").then(added('a'));
    CHECK(again.partner().former.size() == 2);
    CHECK(back.partner().former.empty());
}

TEST_CASE("Only a user of the list is removed or given roles", "[ACC-04]") {
    given(contoso()).when(remove_user("stranger")).at("2020-02-01").refused("user.unknown");
    given(contoso())
        .when(change_roles("stranger", kGlobalAdmin))
        .at("2020-02-01")
        .refused("user.unknown");
}

TEST_CASE("Roles that a user has already change nothing", "[ACC-04]") {
    given(contoso()).when(change_roles("pat", fb::Role::partner_admin)).at("2020-02-01").nothing();
}

TEST_CASE("The last global admin can't be removed and keeps the role", "[ACC-04]") {
    given(contoso())
        .when(remove_user("ada"))
        .at("2020-02-01")
        .refused("user.last-global-admin")
        .under_rule("ACC-04");
    given(contoso())
        .when(remove_user("ada").by("zoe"))
        .at("2020-02-01")
        .refused("user.last-global-admin");
    given(contoso())
        .when(change_roles("ada", kAdminAgent, true))
        .at("2020-02-01")
        .refused("user.last-global-admin");
    given(contoso())
        .when(change_roles("ada", kGlobalAdmin, true))
        .at("2020-02-01")
        .then(roles_changed("ada", kGlobalAdmin, true));
    const Story two = contoso().with(change_roles("kim", kGlobalAdmin), "2020-02-01");
    given(two).when(remove_user("ada")).at("2020-02-02").then(user_removed("ada"));
    given(two)
        .when(change_roles("ada", kAdminAgent, true))
        .at("2020-02-02")
        .then(roles_changed("ada", kAdminAgent, true));
    given(two.with(remove_user("ada"), "2020-02-02"))
        .when(remove_user("kim").by("zoe"))
        .at("2020-02-03")
        .refused("user.last-global-admin");
}

TEST_CASE("The user list has a bound", "[ACC-04]") {
    Story story = contoso();
    while (story.partner().users.size() < 1999)
        story.add([&] {
            fb::EventUnion event;
            event.Set(user_added("u" + std::to_string(story.partner().users.size()),
                                 fb::Role::plain_user, false));
            return event;
        }());
    given(story)
        .when(add_user("nils"))
        .at("2020-02-01")
        .then(user_added("nils", fb::Role::plain_user, false));
    given(story.with(add_user("nils"), "2020-02-01"))
        .when(add_user("olga"))
        .at("2020-02-01")
        .refused("user.limit-reached");
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
