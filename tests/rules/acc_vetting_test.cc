// The vetting of the company, and the documents that are asked for.
#include "aggregates/accounts/vetting.h"
#include "aggregates/orders/terms.h"
#include "tests/support/accounts.h"
#include "tests/support/catch.h"
#include "tests/support/orders.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kDay = "2020-02-01";
using Status = fb::VettingStatus;

Asked record_vetting(Status status, std::vector<std::string> documents = {}) {
    fb::RecordVettingT command;
    command.status = status;
    for (std::string& document : documents)
        command.documents.emplace_back().what = std::move(document);
    return ask(std::move(command)).by_support();
}

Asked rejected() { return record_vetting(Status::rejected).saying("no such company"); }

Asked submit(std::string_view document) {
    fb::SubmitDocumentsT command;
    command.what = document;
    return ask(std::move(command));
}

fb::VettingRecordedT vetting_recorded(Status status, std::string_view on,
                                      const std::vector<std::string>& documents = {},
                                      std::string_view reason = "") {
    fb::VettingRecordedT event;
    event.status = status;
    for (const std::string& document : documents) event.documents.emplace_back().what = document;
    event.reason = reason;
    event.on = day(on).days;
    return event;
}

fb::DocumentsSubmittedT submitted(std::string_view document, std::string_view on) {
    fb::DocumentsSubmittedT event;
    event.what = document;
    event.on = day(on).days;
    return event;
}

// A ledger of which each policy version asks for vetting from that day on.
LedgerState vetting_from(std::string_view date) {
    LedgerState ledger = new_ledger();
    for (fb::PolicyVersionT& policy : ledger.policies) policy.vetting_from = day(date).days;
    return ledger;
}

// The membership of 2019-06-04 as the first day, under that ledger.
Story joined(std::string_view verified, LedgerState ledger) {
    return nobody()
        .under(std::move(ledger))
        .with(register_partner(), "2019-06-01")
        .with(accept_agreement(), "2019-06-01")
        .with(verify_contact(), verified);
}

fb::Membership membership(const Story& story, std::string_view on) {
    return orders::membership_of(story.partner(), day(on), policies_of(story.ledger()));
}

}  // namespace

TEST_CASE("The system or support staff record how far the vetting is", "[ACC-10][ACC-09]") {
    for (const Status status : {Status::in_review, Status::verified}) {
        given(contoso()).when(record_vetting(status)).at(kDay).then(vetting_recorded(status, kDay));
        given(contoso())
            .when(record_vetting(status).by_system())
            .at(kDay)
            .then(vetting_recorded(status, kDay));
        for (const char* user : {"ada", "pat", "sam", "zoe", "kim", "stranger"})
            given(contoso())
                .when(record_vetting(status).by(user))
                .at(kDay)
                .refused("role.missing")
                .under_rule("ACC-09");
        given(contoso()).when(record_vetting(status).by_auditor()).at(kDay).refused("role.missing");
    }
    given(contoso())
        .when(record_vetting(Status::none))
        .at(kDay)
        .refused("vetting.no-status")
        .under_rule("ACC-10");
}

TEST_CASE("Action needed names documents, and a rejection a reason", "[ACC-10]") {
    given(contoso())
        .when(record_vetting(Status::action_needed))
        .at(kDay)
        .refused("vetting.no-documents")
        .under_rule("ACC-10");
    given(contoso())
        .when(record_vetting(Status::action_needed, {"tax", "tax"}))
        .at(kDay)
        .refused("vetting.document-twice")
        .under_rule("ACC-10");
    given(contoso())
        .when(record_vetting(Status::action_needed, {"tax", "address"}).saying("the name differs"))
        .at(kDay)
        .then(
            vetting_recorded(Status::action_needed, kDay, {"tax", "address"}, "the name differs"));
    for (const char* reason : {"", "  "})
        given(contoso())
            .when(record_vetting(Status::rejected).saying(reason))
            .at(kDay)
            .refused("reason.missing")
            .under_rule("ACC-10");
    given(contoso())
        .when(rejected())
        .at(kDay)
        .then(vetting_recorded(Status::rejected, kDay, {}, "no such company"));
}

TEST_CASE("What is recorded of the vetting already is not recorded again", "[ACC-10]") {
    const Story story = contoso().with(record_vetting(Status::action_needed, {"tax"}), kDay);
    given(story).when(record_vetting(Status::action_needed, {"tax"})).at("2020-02-05").nothing();
    given(story).when(record_vetting(Status::action_needed)).at("2020-02-05").nothing();
    given(story)
        .when(record_vetting(Status::action_needed, {"address"}))
        .at("2020-02-05")
        .then(vetting_recorded(Status::action_needed, "2020-02-05", {"address"}));
}

TEST_CASE("What is missing stays so while the company is looked at, until it is verified",
          "[ACC-10][MEM-07]") {
    const Story story = contoso().with(record_vetting(Status::action_needed, {"tax"}), kDay);
    const Story review = story.with(record_vetting(Status::in_review), "2020-02-02");
    CHECK(review.partner().documents == std::vector<std::string>{"tax"});
    CHECK(story.with(rejected(), "2020-02-02").partner().documents ==
          std::vector<std::string>{"tax"});
    CHECK(review.with(record_vetting(Status::verified), "2020-02-03").partner().documents.empty());
    // Also of one that is verified documents may be asked for.
    const Story asked = contoso().with(record_vetting(Status::verified, {"tax"}), kDay);
    CHECK(asked.partner().documents == std::vector<std::string>{"tax"});
    CHECK(asked.partner().vetted == day(kDay).days);
}

TEST_CASE("Any admin hands in a document that was asked for", "[ACC-10]") {
    const Story story =
        contoso().with(record_vetting(Status::action_needed, {"tax", "address"}), kDay);
    for (const char* user : {"ada", "pat", "sam", "zoe"})
        given(story)
            .when(submit("tax").by(user))
            .at("2020-02-02")
            .then(submitted("tax", "2020-02-02"));
    for (const char* user : {"kim", "stranger"})
        given(story)
            .when(submit("tax").by(user))
            .at("2020-02-02")
            .refused("role.missing")
            .under_rule("ACC-10");
    for (const Asked& asked : {submit("tax").by_support(), submit("tax").by_system()})
        given(story).when(asked).at("2020-02-02").refused("role.missing").under_rule("ACC-10");
    given(story)
        .when(submit("tax").by_auditor())
        .at("2020-02-02")
        .refused("role.missing")
        .under_rule("ACC-09");
    given(story)
        .when(submit("passport"))
        .at("2020-02-02")
        .refused("document.not-asked-for")
        .under_rule("ACC-10");
    given(story.with(submit("tax"), "2020-02-02"))
        .when(submit("tax"))
        .at("2020-02-03")
        .refused("document.not-asked-for");
}

TEST_CASE("With the last document the company is in review again", "[ACC-10]") {
    const Story one = contoso()
                          .with(record_vetting(Status::action_needed, {"tax", "address"}), kDay)
                          .with(submit("tax"), "2020-02-02");
    CHECK(one.partner().vetting == Status::action_needed);
    const Story both = one.with(submit("address"), "2020-02-03");
    CHECK(both.partner().vetting == Status::in_review);
    CHECK(both.partner().vetting_on == day("2020-02-03").days);
    // One that is verified stays so.
    CHECK(contoso()
              .with(record_vetting(Status::verified, {"tax"}), kDay)
              .with(submit("tax"), "2020-02-02")
              .partner()
              .vetting == Status::verified);
}

TEST_CASE("No renewal by hand or by ticket is taken while documents are missing",
          "[ACC-10][MEM-07]") {
    CHECK_FALSE(accounts::refuse_documents_missing(contoso().partner()));
    const Story story =
        contoso().with(record_vetting(Status::action_needed, {"tax", "address"}), kDay);
    const auto refusal = accounts::refuse_documents_missing(story.partner());
    REQUIRE(refusal);
    require_said(refusal->said);
    CHECK(refusal->text() == "profile.documents-missing");
    CHECK(refusal->rule == "MEM-07");
    CHECK(accounts::refuse_documents_missing(story.with(submit("tax"), "2020-02-02").partner()));
    CHECK_FALSE(accounts::refuse_documents_missing(
        story.with(submit("tax"), "2020-02-02").with(submit("address"), "2020-02-02").partner()));
}

TEST_CASE("A read-only account hands documents in, for its renewal by ticket",
          "[ACC-10][MEM-05][MEM-07]") {
    given(contoso()
              .with_action_pack("2020-02-01")
              .with(record_vetting(Status::action_needed, {"tax"}), "2021-03-04"))
        .when(submit("tax"))
        .at("2021-03-04")
        .then(submitted("tax", "2021-03-04"));
}

TEST_CASE("From the policy's day on a membership becomes active when the company is verified",
          "[ACC-10][ACC-03]") {
    const LedgerState ledger = vetting_from("2020-03-01");
    // Active on the day before: it stays so.
    const Story before = joined("2020-02-29", ledger);
    given(before)
        .when(purchase())
        .at("2020-02-29")
        .then(action_pack("2020-02-29", "2021-02-28", true))
        .at("2020-03-01")
        .then(action_pack("2020-03-01", "2021-03-01", true))
        .at("2020-03-02")
        .then(action_pack("2020-03-02", "2021-03-02", true));
    CHECK(membership(before, "2020-03-01") == fb::Membership::active);
    for (const char* verified : {"2020-03-01", "2020-03-02"}) {
        const Story story = joined(verified, ledger);
        CHECK(membership(story, verified) == fb::Membership::not_vetted);
        given(story)
            .when(purchase())
            .at(verified)
            .refused("membership.not-vetted")
            .under_rule("ACC-10");
        for (const Asked& asked : {record_vetting(Status::in_review), rejected(),
                                   record_vetting(Status::action_needed, {"tax"})})
            given(story.with(asked, verified))
                .when(purchase())
                .at(verified)
                .refused("membership.not-vetted");
        const Story vetted = story.with(record_vetting(Status::verified), verified);
        CHECK(membership(vetted, verified) == fb::Membership::active);
        given(vetted)
            .when(purchase())
            .at("2020-03-02")
            .then(action_pack("2020-03-02", "2021-03-02", true));
    }
}

TEST_CASE("The contact's address is asked for before the vetting", "[ACC-03][ACC-10]") {
    const Story story = nobody()
                            .under(vetting_from("2019-01-01"))
                            .with(register_partner(), "2019-06-01")
                            .with(accept_agreement(), "2019-06-01");
    given(story).when(purchase()).at("2019-06-02").refused("membership.not-active");
    CHECK(membership(story, "2019-06-02") == fb::Membership::unverified);
    given(story.with(record_vetting(Status::verified), "2019-06-02"))
        .when(purchase())
        .at("2019-06-03")
        .refused("membership.not-active");
}

TEST_CASE("A company that was verified stays so while it is looked at again, until it is rejected",
          "[ACC-10]") {
    const Story vetted = joined("2020-03-01", vetting_from("2020-03-01"))
                             .with(record_vetting(Status::verified), "2020-03-02");
    for (const Asked& asked :
         {record_vetting(Status::in_review), record_vetting(Status::action_needed, {"tax"})})
        given(vetted.with(asked, "2020-03-03"))
            .when(purchase())
            .at("2020-03-04")
            .then(action_pack("2020-03-04", "2021-03-04", true));
    const Story no_more = vetted.with(rejected(), "2020-03-03");
    given(no_more).when(purchase()).at("2020-03-04").refused("membership.not-vetted");
    given(no_more.with(record_vetting(Status::verified), "2020-03-05"))
        .when(purchase())
        .at("2020-03-05")
        .then(action_pack("2020-03-05", "2021-03-05", true));
}

TEST_CASE("A policy that asks for no vetting lets every verified contact in", "[ACC-10]") {
    given(contoso().with(rejected(), kDay))
        .when(purchase())
        .at(kDay)
        .then(action_pack(kDay, "2021-02-01", true));
}

TEST_CASE("Both answers on one ledger: a version asks for vetting, and a later one doesn't",
          "[ACC-10]") {
    LedgerState ledger = new_ledger();
    for (fb::PolicyVersionT& policy : ledger.policies)
        if (policy.version == 2) policy.vetting_from = day("2020-02-01").days;
    // Version 2 is in force from 2020-01-01 through 2020-11-30.
    const Story story = joined("2020-02-01", ledger);
    given(story)
        .when(purchase())
        .at("2020-02-01")
        .refused("membership.not-vetted")
        .at("2020-11-30")
        .refused("membership.not-vetted")
        .at("2020-12-01")
        .then(action_pack("2020-12-01", "2021-12-01", false));
    // Asked for again later: who was active in between stays so.
    for (fb::PolicyVersionT& policy : ledger.policies)
        if (policy.version >= 4) policy.vetting_from = day("2020-12-11").days;
    given(joined("2020-02-01", ledger))
        .when(purchase())
        .at("2020-12-15")
        .then(action_pack("2020-12-15", "2021-12-15", false));
    given(joined("2020-12-11", ledger))
        .when(purchase())
        .at("2020-12-15")
        .refused("membership.not-vetted");
}
