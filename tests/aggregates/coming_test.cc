// What the sheet of a partner says of days to come is what commands are judged by on those days.
#include "aggregates/coming.h"

#include "aggregates/refunds/standing.h"
#include "aggregates/visual_studio/seats.h"
#include "tests/support/catch.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

bool accepts(const Story& story, const Asked& asked, Date on) {
    return std::holds_alternative<Accepted>(story.rule_on(asked, on));
}

const fb::OrderT& first_order(const Story& story) { return story.partner().orders.front(); }

// The day of that kind; 1970-01-01 when there is none.
Date day_of(const Story& story, fb::ComingKind kind, std::string_view today) {
    for (const Coming& coming : coming_for(story.partner(), story.ledger(), day(today)))
        if (coming.kind == kind) return coming.on;
    return Date{0};
}

void check_refund_ends_on(const Story& story, std::string_view today) {
    const Policies policies = policies_of(story.ledger());
    const Date last = refunds::last_refund_day(first_order(story), policies.on(day(today)));
    CHECK(day_of(story, fb::ComingKind::refund_window_end, today) == last);
    for (const Date on : {last, plus_days(last, 1)}) {
        const auto standing =
            refunds::standing_of(story.partner(), first_order(story), policies, on);
        CHECK((standing == fb::RefundStanding::open) == (on == last));
        CHECK(accepts(story, request_cancellation(), on) == (on == last));
    }
}

}  // namespace

TEST_CASE("The last day for a refund that is shown is the last day on which it is granted",
          "[OFF-06]") {
    const Story bought = contoso().with_action_pack("2020-09-01");
    CHECK(refunds::last_refund_day(first_order(bought),
                                   policy_on(bought.ledger(), day("2020-09-01"))) ==
          day("2020-09-30"));
    check_refund_ends_on(bought, "2020-09-01");
}

TEST_CASE("An order by bank transfer has its refund days from the day its money came",
          "[OFF-06][MEM-13]") {
    const Story placed = contoso().with(order_by_transfer(), "2020-09-01");
    CHECK(refunds::standing_of(placed.partner(), first_order(placed), policies_of(placed.ledger()),
                               day("2020-09-01")) == fb::RefundStanding::no_term);
    CHECK(day_of(placed, fb::ComingKind::pay_by, "2020-09-01") == day("2020-09-30"));
    CHECK(day_of(placed, fb::ComingKind::refund_window_end, "2020-09-01") == Date{0});
    check_refund_ends_on(placed.with(receive_payment(), "2020-09-10"), "2020-09-10");
}

TEST_CASE("A refund that was asked for, and one that is over, is nothing that comes", "[OFF-06]") {
    const Story asked =
        contoso().with_action_pack("2020-09-01").with(request_cancellation(), "2020-09-02");
    CHECK(refunds::standing_of(asked.partner(), first_order(asked), policies_of(asked.ledger()),
                               day("2020-09-02")) == fb::RefundStanding::asked_for);
    CHECK(day_of(asked, fb::ComingKind::refund_window_end, "2020-09-02") == Date{0});
}

TEST_CASE("The day from which a seat is shown as movable is the first on which it moves",
          "[VSS-03]") {
    const Story seated = contoso().with_action_pack("2021-01-10").with_seat("kim", "2021-01-15");
    const Date shown = day_of(seated, fb::ComingKind::seat_movable, "2021-01-16");
    CHECK(shown == day("2021-04-15"));
    CHECK(accepts(seated, move_seat(1, "lee"), shown));
    CHECK(!accepts(seated, move_seat(1, "lee"), plus_days(shown, -1)));
}

TEST_CASE("A term's days come soonest first, and what is over comes no more",
          "[MEM-02][MEM-03][MEM-05]") {
    const Story bought = contoso().with_action_pack("2020-09-01");
    const auto on = [&](std::string_view today) {
        std::vector<fb::ComingKind> kinds;
        for (const Coming& each : coming_for(bought.partner(), bought.ledger(), day(today)))
            if (each.kind != fb::ComingKind::policy && each.kind != fb::ComingKind::reminder)
                kinds.push_back(each.kind);
        return kinds;
    };
    using Kinds = std::vector<fb::ComingKind>;
    CHECK(on("2020-09-30") == Kinds{fb::ComingKind::refund_window_end, fb::ComingKind::anniversary,
                                    fb::ComingKind::renewal_charge, fb::ComingKind::window_opens,
                                    fb::ComingKind::window_closes});
    CHECK(on("2021-09-01") == Kinds{fb::ComingKind::anniversary, fb::ComingKind::renewal_charge,
                                    fb::ComingKind::window_opens, fb::ComingKind::window_closes});
    CHECK(on("2021-10-01") == Kinds{fb::ComingKind::window_closes});
    CHECK(on("2021-10-02").empty());
}

TEST_CASE("The reminders that are shown to come are those that fall due, on their days",
          "[MEM-10]") {
    const Story bought = contoso().with_action_pack("2020-09-01");
    const auto on = [&](std::string_view today) {
        std::vector<std::string> days;
        for (const Coming& each : coming_for(bought.partner(), bought.ledger(), day(today)))
            if (each.kind == fb::ComingKind::reminder) days.push_back(to_string(each.on));
        return days;
    };
    using Days = std::vector<std::string>;
    CHECK(on("2020-09-01") == Days{"2021-08-02", "2021-08-17", "2021-09-02", "2021-09-24"});
    CHECK(on("2021-08-17") == Days{"2021-08-17", "2021-09-02", "2021-09-24"});
    CHECK(on("2021-09-25").empty());
    const Story renewed =
        bought.where([](PartnerState& state) { state.orders.front().renewed_by = "ap-2"; });
    for (const Coming& each : coming_for(renewed.partner(), renewed.ledger(), day("2020-09-01")))
        CHECK(each.kind != fb::ComingKind::reminder);
}
