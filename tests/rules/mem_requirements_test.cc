// What a competency asks for: performance requirements, exams and skills, and how long what was
// recorded serves.
#include "aggregates/accounts/requirements.h"
#include "tests/support/catch.h"
#include "tests/support/competencies.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr const char* kDay = "2020-03-01";

std::optional<std::string> serves_until(std::string_view performance, std::string_view exams) {
    fb::RequirementT requirement;
    requirement.performance = performance.empty() ? 0 : day(performance).days;
    requirement.exams = exams.empty() ? 0 : day(exams).days;
    const auto until = accounts::requirements_serve_until(requirement);
    return until ? std::optional(to_string(*until)) : std::nullopt;
}

}  // namespace

TEST_CASE("The system or support staff record a competency's requirements", "[MEM-08][ACC-09]") {
    for (const Asked& asked : {record_requirements("cloud-platform"),
                               record_requirements("cloud-platform").by_support()})
        given(contoso()).when(asked).at(kDay).then(
            requirements_recorded("cloud-platform", true, true, kDay));
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim", "stranger"})
        given(contoso())
            .when(record_requirements("cloud-platform").by(user))
            .at(kDay)
            .refused("role.missing")
            .under_rule("ACC-09");
    given(contoso())
        .when(record_requirements("cloud-platform").by_auditor())
        .at(kDay)
        .refused("role.missing")
        .under_rule("ACC-09");
}

TEST_CASE("Requirements are recorded of a competency that the catalogue of the day has",
          "[MEM-01][MEM-08]") {
    given(contoso())
        .when(record_requirements("cloud-gardening"))
        .at(kDay)
        .refused("competency.unknown")
        .under_rule("MEM-01");
    LedgerState ledger = new_ledger();
    for (fb::CatalogueVersionT& catalogue : ledger.catalogues)
        if (catalogue.version > 1) catalogue.competencies.clear();
    given(contoso().under(std::move(ledger)))
        .when(record_requirements("cloud-platform"))
        .at("2022-09-30")
        .then(requirements_recorded("cloud-platform", true, true, "2022-09-30"))
        .at("2022-10-01")
        .refused("competency.unknown");
}

TEST_CASE("What is met is kept by its day, and what isn't any more is cleared", "[MEM-08]") {
    const Story story = contoso()
                            .with(record_requirements("security", true, false), "2020-02-01")
                            .with(record_requirements("cloud-crm"), "2020-02-02");
    const auto& kept = story.partner().requirements;
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].competency == "cloud-crm");
    CHECK(kept[1].competency == "security");
    CHECK(kept[1].performance == day("2020-02-01").days);
    CHECK(kept[1].exams == 0);
    const Story later = story.with(record_requirements("security", false, true), "2020-03-05");
    CHECK(later.partner().requirements[1].performance == 0);
    CHECK(later.partner().requirements[1].exams == day("2020-03-05").days);
}

TEST_CASE("What is recorded so already is not recorded again", "[MEM-08]") {
    given(contoso()).when(record_requirements("security", false, false)).at(kDay).nothing();
    const Story story = contoso().with(record_requirements("security"), kDay);
    given(story)
        .when(record_requirements("security"))
        .at(kDay)
        .nothing()
        .at("2020-03-02")
        .then(requirements_recorded("security", true, true, "2020-03-02"));
    given(story)
        .when(record_requirements("security", true, false))
        .at(kDay)
        .then(requirements_recorded("security", true, false, kDay));
}

TEST_CASE("A read-only account's requirements are recorded too", "[MEM-05][MEM-08]") {
    given(contoso().with_action_pack("2020-02-01"))
        .when(record_requirements("security"))
        .at("2021-03-04")
        .then(requirements_recorded("security", true, true, "2021-03-04"));
}

TEST_CASE("Requirements are met since a day when both were recorded on it or later", "[MEM-08]") {
    const Story story = contoso().with(record_requirements("security"), "2020-06-01");
    const auto met = [&](std::string_view since) {
        return accounts::requirements_met_since(story.partner(), "security", day(since));
    };
    CHECK(met("2020-05-31"));
    CHECK(met("2020-06-01"));
    CHECK_FALSE(met("2020-06-02"));
    CHECK_FALSE(accounts::requirements_met_since(story.partner(), "devops", day("2020-06-01")));
    for (const bool performance : {true, false}) {
        const Story half =
            story.with(record_requirements("security", performance, !performance), "2020-06-05");
        CHECK_FALSE(
            accounts::requirements_met_since(half.partner(), "security", day("2000-01-01")));
    }
}

TEST_CASE("What is recorded serves a first purchase for a year", "[MEM-08]") {
    CHECK(serves_until("2020-06-01", "2020-06-01") == "2021-06-01");
    CHECK(serves_until("2020-06-01", "2020-05-01") == "2021-05-01");
    CHECK(serves_until("2020-05-01", "2020-06-01") == "2021-05-01");
    CHECK(serves_until("2020-02-29", "2020-02-29") == "2021-02-28");
    // A year before 29 February is 28 February.
    CHECK(serves_until("2019-02-28", "2019-02-28") == "2020-02-29");
    CHECK(serves_until("2018-02-28", "2018-02-28") == "2019-02-28");
    CHECK_FALSE(serves_until("", "2020-06-01"));
    CHECK_FALSE(serves_until("2020-06-01", ""));
    for (const auto& [recorded, last] :
         {std::pair("2020-06-01", "2021-06-01"), std::pair("2019-02-28", "2020-02-29"),
          std::pair("2020-02-29", "2021-02-28")}) {
        const Story story = contoso().with(record_requirements("security"), recorded);
        const auto meets = [&](Date purchase) {
            return accounts::requirements_met_since(story.partner(), "security",
                                                    accounts::requirements_asked_since(purchase));
        };
        CHECK(meets(day(last)));
        CHECK_FALSE(meets(plus_days(day(last), 1)));
    }
}
