// Directory tenants of the partner's own: named, confirmed, taken off.
#include "tests/support/accounts.h"
#include "tests/support/catch.h"
#include "tests/support/keys.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kLabs = "contoso-labs.example";
constexpr const char* kDay = "2020-02-01";

Asked remove_tenant(std::string_view tenant) {
    fb::RemoveTenantT command;
    command.tenant = tenant;
    return ask(std::move(command)).saying("it is a customer's");
}

fb::TenantConfirmedT tenant_confirmed(std::string_view tenant, std::string_view on) {
    fb::TenantConfirmedT event;
    event.tenant = tenant;
    event.on = day(on).days;
    return event;
}

fb::TenantRemovedT tenant_removed(std::string_view tenant, std::string_view on) {
    fb::TenantRemovedT event;
    event.tenant = tenant;
    event.on = day(on).days;
    return event;
}

Story with_named() { return contoso().with(add_tenant(kLabs), kDay); }
Story with_confirmed() { return with_named().with(confirm_tenant(kLabs), kDay); }

// Read-only from 2021-03-04 on.
Story read_only() { return with_named().with_action_pack("2020-02-01"); }

}  // namespace

TEST_CASE("An admin names a further tenant as the partner's own, each once", "[ACC-01][ACC-12]") {
    for (const char* user : {"ada", "zoe"})
        given(contoso()).when(add_tenant(kLabs).by(user)).at(kDay).then(tenant_added(kLabs));
    for (const char* user : {"pat", "sam", "kim", "stranger"})
        given(contoso())
            .when(add_tenant(kLabs).by(user))
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-01");
    given(with_named()).when(add_tenant(kLabs)).at("2020-02-02").nothing();
    given(with_confirmed()).when(add_tenant(kLabs)).at("2020-02-02").nothing();
    given(contoso()).when(add_tenant("contoso.example")).at(kDay).nothing();
    given(contoso().with_action_pack("2020-02-01"))
        .when(add_tenant(kLabs))
        .at("2021-03-04")
        .refused("membership.read-only")
        .under_rule("MEM-05");
}

TEST_CASE("A named tenant is the partner's own when the system or support confirms it",
          "[ACC-12][ACC-09]") {
    CHECK_FALSE(has_tenant(with_named().partner(), kLabs));
    CHECK(has_tenant(with_confirmed().partner(), kLabs));
    given(with_named()).when(confirm_tenant(kLabs)).at(kDay).then(tenant_confirmed(kLabs, kDay));
    given(with_named())
        .when(confirm_tenant(kLabs).by_support())
        .at(kDay)
        .then(tenant_confirmed(kLabs, kDay));
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim", "stranger"})
        given(with_named())
            .when(confirm_tenant(kLabs).by(user))
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-09");
    given(with_named()).when(confirm_tenant(kLabs).by_auditor()).at(kDay).refused("role.missing");
    given(with_confirmed()).when(confirm_tenant(kLabs)).at("2020-02-02").nothing();
    // The one it was registered with is confirmed by that.
    given(contoso()).when(confirm_tenant("contoso.example")).at(kDay).nothing();
    given(contoso())
        .when(confirm_tenant(kLabs))
        .at(kDay)
        .refused("tenant.unknown")
        .under_rule("ACC-12");
    given(read_only())
        .when(confirm_tenant(kLabs))
        .at("2021-03-04")
        .then(tenant_confirmed(kLabs, "2021-03-04"));
}

TEST_CASE("Members of a further tenant hold seats once it is confirmed", "[ACC-12][VSS-01]") {
    const Story before = contoso().with_action_pack("2020-12-01");
    given(before).when(assign_seat("tess", kLabs)).at("2020-12-15").refused("person.unknown");
    const Story named = before.with(add_tenant(kLabs), "2020-12-02");
    given(named)
        .when(assign_seat("tess", kLabs))
        .at("2020-12-15")
        .refused("person.unknown")
        .under_rule("VSS-01");
    // A user of the list needs no tenant.
    given(named)
        .when(assign_seat("kim", kLabs))
        .at("2020-12-15")
        .then(seat_assigned(1, "kim", "2020-12-15"));
    given(named.with(confirm_tenant(kLabs), "2020-12-03"))
        .when(assign_seat("tess", kLabs))
        .at("2020-12-15")
        .then(seat_assigned(1, "tess", "2020-12-15", kLabs));
}

TEST_CASE("A tenant that was named by mistake is taken off, with a reason", "[ACC-12]") {
    for (const Story& story : {with_named(), with_confirmed()}) {
        for (const char* user : {"ada", "zoe"})
            given(story)
                .when(remove_tenant(kLabs).by(user))
                .at(kDay)
                .then(tenant_removed(kLabs, kDay));
        given(story)
            .when(remove_tenant(kLabs).by_support())
            .at(kDay)
            .then(tenant_removed(kLabs, kDay));
        for (const char* user : {"pat", "sam", "kim", "stranger"})
            given(story)
                .when(remove_tenant(kLabs).by(user))
                .at(kDay)
                .refused("role.missing")
                .under_rule("ACC-12");
        given(story).when(remove_tenant(kLabs).by_system()).at(kDay).refused("role.missing");
        given(story)
            .when(remove_tenant(kLabs).by_auditor())
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-09");
        for (const char* reason : {"", " "})
            given(story)
                .when(remove_tenant(kLabs).saying(reason))
                .at(kDay)
                .refused("reason.missing")
                .under_rule("ACC-12");
        const Story removed = story.with(remove_tenant(kLabs), kDay);
        CHECK_FALSE(has_tenant(removed.partner(), kLabs));
        CHECK_FALSE(is_named_tenant(removed.partner(), kLabs));
        given(removed).when(remove_tenant(kLabs)).at(kDay).refused("tenant.unknown");
        given(removed).when(add_tenant(kLabs)).at(kDay).then(tenant_added(kLabs));
    }
    given(contoso())
        .when(remove_tenant("contoso.example"))
        .at(kDay)
        .refused("tenant.registered-with")
        .under_rule("ACC-12");
}

TEST_CASE("On a read-only account support takes off a tenant, its users don't",
          "[ACC-12][MEM-05]") {
    given(read_only())
        .when(remove_tenant(kLabs))
        .at("2021-03-04")
        .refused("membership.read-only")
        .under_rule("MEM-05");
    given(read_only())
        .when(remove_tenant(kLabs).by_support())
        .at("2021-03-04")
        .then(tenant_removed(kLabs, "2021-03-04"));
}

TEST_CASE("A tenant stays while a subscription runs on it", "[ACC-12][CLD-05]") {
    const Story redeemed = with_confirmed()
                               .with_action_pack("2021-01-10")
                               .with(deliver_keys(kOffice, {key("tok-1", 10)}), "2021-01-12")
                               .with(issue_token(kOffice), "2021-01-13")
                               .with(redeem_token(kOffice, "tok-1", kLabs), "2021-01-14");
    given(redeemed)
        .when(remove_tenant(kLabs).by_support())
        .at("2021-01-14")
        .refused("tenant.subscribed", "2022-01-15")
        .under_rule("ACC-12")
        .at("2022-01-14")
        .refused("tenant.subscribed", "2022-01-15")
        .at("2022-01-15")
        .then(tenant_removed(kLabs, "2022-01-15"));
}

TEST_CASE("A tenant stays while somebody who is on no user list holds a seat", "[ACC-12][VSS-01]") {
    const Story held = with_confirmed()
                           .with_action_pack("2021-01-10")
                           .with(assign_seat("tess", kLabs), "2021-01-11");
    given(held)
        .when(remove_tenant(kLabs))
        .at("2021-01-12")
        .refused("tenant.seats-held")
        .under_rule("ACC-12");
    given(held.with(release_seat(1), "2021-01-12"))
        .when(remove_tenant(kLabs))
        .at("2021-01-12")
        .then(tenant_removed(kLabs, "2021-01-12"));
    given(held.with(add_user("tess"), "2021-01-12"))
        .when(remove_tenant(kLabs))
        .at("2021-01-12")
        .then(tenant_removed(kLabs, "2021-01-12"));
    // Nobody has a seat by one that was never confirmed.
    given(held.with(add_tenant("contoso-old.example"), "2021-01-12"))
        .when(remove_tenant("contoso-old.example"))
        .at("2021-01-12")
        .then(tenant_removed("contoso-old.example", "2021-01-12"));
}
