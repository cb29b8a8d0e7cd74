// Directory tenants of the partner's own, beside the first one.
#include "tests/support/catch.h"
#include "tests/support/rules.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kLabs = "contoso-labs.example";

fb::TenantAddedT tenant_added(std::string_view tenant) {
    fb::TenantAddedT event;
    event.tenant = tenant;
    return event;
}

}  // namespace

TEST_CASE("An admin names a further tenant of the partner's own, each once", "[ACC-01]") {
    for (const char* user : {"ada", "zoe"})
        given(contoso())
            .when(add_tenant(kLabs).by(user))
            .at("2020-02-01")
            .then(tenant_added(kLabs));
    for (const char* user : {"pat", "sam", "kim", "stranger"})
        given(contoso())
            .when(add_tenant(kLabs).by(user))
            .at("2020-02-01")
            .refused("role.missing")
            .under_rule("ACC-01");
    given(contoso().with(add_tenant(kLabs), "2020-02-01"))
        .when(add_tenant(kLabs))
        .at("2020-02-02")
        .nothing();
    given(contoso()).when(add_tenant("contoso.example")).at("2020-02-01").nothing();
    given(contoso().with_action_pack("2020-02-01"))
        .when(add_tenant(kLabs))
        .at("2021-03-04")
        .refused("membership.read-only")
        .under_rule("MEM-05");
}

TEST_CASE("Members of a further tenant may hold a seat", "[ACC-01][VSS-01]") {
    const Story before = contoso().with_action_pack("2020-12-01");
    given(before).when(assign_seat("tess", kLabs)).at("2020-12-15").refused("person.unknown");
    given(before.with(add_tenant(kLabs), "2020-12-02"))
        .when(assign_seat("tess", kLabs))
        .at("2020-12-15")
        .then(seat_assigned(1, "tess", "2020-12-15"));
}
