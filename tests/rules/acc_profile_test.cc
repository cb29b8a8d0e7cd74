// The business profile: who reviews and updates it, and what is kept of that.
#include "tests/support/accounts.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kDay = "2020-02-01";

Asked review_profile() { return ask(fb::ReviewProfileT{}); }

Asked update_profile(std::string_view legal_name, std::string_view address) {
    fb::UpdateProfileT command;
    command.legal_name = legal_name;
    command.address = address;
    return ask(std::move(command));
}

Asked rename(std::string_view legal_name) {
    return update_profile(legal_name, "").saying("the company has another name");
}

fb::ProfileReviewedT profile_reviewed(std::string_view on) {
    fb::ProfileReviewedT event;
    event.on = day(on).days;
    return event;
}

fb::ProfileUpdatedT profile_updated(std::string_view legal_name, std::string_view address,
                                    std::string_view on) {
    fb::ProfileUpdatedT event;
    event.legal_name = legal_name;
    event.address = address;
    event.on = day(on).days;
    return event;
}

// The Action Pack's window closes on 2021-03-03.
Story read_only() { return contoso().with_action_pack("2020-02-01"); }

}  // namespace

TEST_CASE("A global admin or account admin reviews and updates the business profile", "[ACC-08]") {
    for (const char* user : {"ada", "sam"}) {
        given(contoso()).when(review_profile().by(user)).at(kDay).then(profile_reviewed(kDay));
        given(contoso())
            .when(update_profile("", "2 Side Street").by(user))
            .at(kDay)
            .then(profile_updated("", "2 Side Street", kDay));
    }
    for (const Asked& asked : {review_profile(), update_profile("", "2 Side Street")}) {
        for (const char* user : {"pat", "zoe", "kim", "stranger"})
            given(contoso())
                .when(asked.by(user))
                .at(kDay)
                .refused("role.missing")
                .under_rule("ACC-08");
        given(contoso())
            .when(asked.by_support())
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-08");
        given(contoso())
            .when(asked.by_system())
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-08");
        given(contoso())
            .when(asked.by_auditor())
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-09");
    }
}

TEST_CASE("Who reviews the business profile is policy", "[ACC-08]") {
    LedgerState ledger = new_ledger();
    for (fb::PolicyVersionT& policy : ledger.policies)
        policy.profile_roles = fb::Role::partner_admin;
    const Story story = contoso().under(std::move(ledger));
    given(story).when(review_profile().by("pat")).at(kDay).then(profile_reviewed(kDay));
    for (const char* user : {"ada", "sam"})
        given(story)
            .when(review_profile().by(user))
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-08");
}

TEST_CASE("A policy that doesn't say who reviews the profile means global and account admins",
          "[ACC-08]") {
    LedgerState ledger = new_ledger();
    for (fb::PolicyVersionT& policy : ledger.policies) policy.profile_roles = kNoRole;
    const Story story = contoso().under(std::move(ledger));
    for (const char* user : {"ada", "sam"})
        given(story).when(review_profile().by(user)).at(kDay).then(profile_reviewed(kDay));
    given(story).when(review_profile().by("pat")).at(kDay).refused("role.missing");
}

TEST_CASE("The day of the last review is kept, and an update is none", "[MEM-07][ACC-08]") {
    CHECK(contoso().partner().profile_reviewed == 0);
    const Story reviewed = contoso().with(review_profile(), kDay);
    CHECK(reviewed.partner().profile_reviewed == day(kDay).days);
    given(reviewed)
        .when(review_profile().by("sam"))
        .at(kDay)
        .nothing()
        .at("2020-02-02")
        .then(profile_reviewed("2020-02-02"));
    const Story later = reviewed.with(review_profile(), "2020-06-01");
    CHECK(later.partner().profile_reviewed == day("2020-06-01").days);
    CHECK(
        later.with(update_profile("", "2 Side Street"), "2020-07-01").partner().profile_reviewed ==
        day("2020-06-01").days);
}

TEST_CASE("Another legal name takes a reason, another address doesn't", "[ACC-08]") {
    for (const char* reason : {"", "  "})
        given(contoso())
            .when(rename("Contoso GmbH").saying(reason))
            .at(kDay)
            .refused("reason.missing")
            .under_rule("ACC-08");
    given(contoso())
        .when(rename("Contoso GmbH"))
        .at(kDay)
        .then(profile_updated("Contoso GmbH", "", kDay));
    // The name that it has needs none.
    given(contoso())
        .when(update_profile("Contoso Ltd", "2 Side Street"))
        .at(kDay)
        .then(profile_updated("", "2 Side Street", kDay));
    const PartnerState partner = contoso().with(rename("Contoso GmbH"), kDay).partner();
    CHECK(partner.legal_name == "Contoso GmbH");
    CHECK(partner.address == contoso().partner().address);
}

TEST_CASE("An update says what is to be, and changes nothing when it is so", "[ACC-08]") {
    given(contoso())
        .when(update_profile("", ""))
        .at(kDay)
        .refused("profile.nothing-given")
        .under_rule("ACC-08");
    given(contoso()).when(update_profile("Contoso Ltd", "")).at(kDay).nothing();
    const Story moved = contoso().with(update_profile("", "2 Side Street"), kDay);
    CHECK(moved.partner().address == "2 Side Street");
    given(moved).when(update_profile("", "2 Side Street")).at("2020-02-02").nothing();
}

TEST_CASE("A read-only account takes a review and an update of its profile",
          "[ACC-08][MEM-05][MEM-07]") {
    for (const char* date : {"2021-03-03", "2021-03-04"}) {
        given(read_only()).when(review_profile()).at(date).then(profile_reviewed(date));
        given(read_only())
            .when(rename("Contoso GmbH"))
            .at(date)
            .then(profile_updated("Contoso GmbH", "", date));
    }
}
