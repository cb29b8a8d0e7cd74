// Where no global admin can act any more, support makes another user global admin.
#include "tests/support/accounts.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kDay = "2020-02-01";

Asked restore_admin(std::string_view user) {
    fb::RestoreAdminT command;
    command.user = user;
    return ask(std::move(command)).by_support().saying("the only global admin has died");
}

fb::AdminRestoredT admin_restored(std::string_view user, fb::Role roles) {
    fb::AdminRestoredT event;
    event.user = user;
    event.roles = roles;
    return event;
}

}  // namespace

TEST_CASE("Support makes a user of the list global admin, and nobody else does",
          "[ACC-11][ACC-09]") {
    given(contoso()).when(restore_admin("kim")).at(kDay).then(admin_restored("kim", kGlobalAdmin));
    // Other roles stay.
    given(contoso())
        .when(restore_admin("pat"))
        .at(kDay)
        .then(admin_restored("pat", fb::Role::partner_admin | kGlobalAdmin));
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim", "stranger"})
        given(contoso())
            .when(restore_admin("kim").by(user))
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-09");
    given(contoso()).when(restore_admin("kim").by_system()).at(kDay).refused("role.missing");
    given(contoso()).when(restore_admin("kim").by_auditor()).at(kDay).refused("role.missing");
    given(contoso()).when(restore_admin("stranger")).at(kDay).refused("user.unknown");
}

TEST_CASE("The reason says why no global admin can act", "[ACC-11]") {
    for (const char* reason : {"", "  "})
        given(contoso())
            .when(restore_admin("kim").saying(reason))
            .at(kDay)
            .refused("reason.missing")
            .under_rule("ACC-11");
}

TEST_CASE("Who was made global admin acts as one, and those who are it stay so",
          "[ACC-11][ACC-04]") {
    const Story restored = contoso().with(restore_admin("kim"), kDay);
    CHECK(roles_of(restored.partner(), fb::ActorKind::user, "kim") == kGlobalAdmin);
    CHECK(roles_of(restored.partner(), fb::ActorKind::user, "ada") == (kGlobalAdmin | kAdminAgent));
    CHECK_FALSE(find_user(restored.partner(), "kim")->may_sign);
    given(restored).when(restore_admin("kim")).at("2020-02-02").nothing();
    given(restored).when(remove_user("ada").by("kim")).at("2020-02-02").then(user_removed("ada"));
}

TEST_CASE("A read-only account gets its admin back too", "[ACC-11][MEM-05]") {
    given(contoso().with_action_pack("2020-02-01"))
        .when(restore_admin("kim"))
        .at("2021-03-04")
        .then(admin_restored("kim", kGlobalAdmin));
}
