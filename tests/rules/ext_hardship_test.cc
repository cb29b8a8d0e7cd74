// Competencies with an anniversary in the second half of 2020 are renewed without requirements.
#include "tests/support/catch.h"
#include "tests/support/competencies.h"
#include "tests/support/renewals.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

constexpr std::string_view kArea = "data-analytics";

// Bought a year before that anniversary, reviewed in its term; requirements only of before it.
Story silver_until(std::string_view anniversary) {
    const Date bought = plus_years(day(anniversary), -1);
    return qualified({kArea}, to_string(plus_days(bought, -1)))
        .with(buy_silver(kArea, "silver-1"), to_string(bought))
        .with(profile_review(), to_string(plus_days(bought, 1)));
}

Asked renew_silver() { return renew("silver-1", "silver-2"); }

std::string after(std::string_view anniversary, std::int32_t days) {
    return to_string(plus_days(day(anniversary), days));
}

}  // namespace

TEST_CASE("With an anniversary from July to December 2020 the requirements are waived",
          "[EXT-01][MEM-08]") {
    for (const char* anniversary : {"2020-06-30", "2021-01-01"})
        given(silver_until(anniversary))
            .when(renew_silver())
            .at(after(anniversary, 1))
            .refused("offer.requirements-unmet")
            .under_rule("MEM-08");
    for (const char* anniversary : {"2020-07-01", "2020-12-31"}) {
        const Story story = silver_until(anniversary).with(renew_silver(), after(anniversary, 30));
        const fb::OrderT& renewal = order_of(story, "silver-2");
        CHECK(renewal.requirements_waived);
        CHECK(renewal.start == day(anniversary).days);
        CHECK(renewal.anniversary == plus_years(day(anniversary), 1).days);
    }
}

TEST_CASE("The fee is due in the window all the same, and the review is asked for",
          "[EXT-01][EXT-02][MEM-07]") {
    given(silver_until("2020-09-01"))
        .when(renew_silver())
        .at("2020-10-02")
        .refused("renewal.needs-ticket")
        .under_rule("EXT-02");
    const Story unreviewed =
        qualified({kArea}, "2019-08-31").with(buy_silver(kArea, "silver-1"), "2019-09-01");
    given(unreviewed).when(renew_silver()).at("2020-09-02").refused("profile.not-reviewed");
    // By ticket it is waived too.
    const Story late =
        silver_until("2020-09-01").with(renew_by_ticket("silver-1", "silver-2"), "2020-11-01");
    CHECK(order_of(late, "silver-2").requirements_waived);
    CHECK(order_of(late, "silver-2").anniversary == day("2021-11-01").days);
}

TEST_CASE("Beyond it a competency is renewed by what was recorded in the term that ends",
          "[EXT-01][MEM-08]") {
    const Story story = silver_until("2022-01-10");
    given(story).when(renew_silver()).at("2022-01-11").refused("offer.requirements-unmet");
    for (const char* date : {"2021-01-10", "2022-01-11"}) {
        const Story recorded = story.with(record_requirements(kArea), date);
        CHECK_FALSE(
            order_of(recorded.with(renew_silver(), "2022-01-11"), "silver-2").requirements_waived);
    }
    // Half of it is not enough.
    given(story.with(record_requirements(kArea, true, false), "2021-06-01"))
        .when(renew_silver())
        .at("2022-01-11")
        .refused("offer.requirements-unmet");
}

TEST_CASE("The last day on which a competency is renewed is 2022-09-30", "[EXT-01][OFF-09]") {
    // Anniversary in the window that reaches beyond it.
    const Story story = silver_until("2022-09-15").with(record_requirements(kArea), "2022-01-01");
    CHECK(order_of(story.with(renew_silver(), "2022-09-30"), "silver-2").start ==
          day("2022-09-15").days);
    given(story).when(renew_silver()).at("2022-10-01").refused("offer.retired");
}
