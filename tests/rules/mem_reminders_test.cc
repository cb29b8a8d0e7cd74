// Reminders of a renewal: on which days, of which orders, to whom, and once.
#include "aggregates/orders/reminders.h"

#include "aggregates/deadlines/due.h"
#include "aggregates/row_size.h"
#include "events/limits.h"
#include "tests/support/catch.h"
#include "tests/support/orders.h"
#include "tests/support/refunds.h"

using namespace ledger;
using namespace ledger::rules;

namespace {

Asked send_reminder(std::string_view due, std::string_view order = kOrder) {
    fb::SendReminderT command;
    command.order = order;
    command.due = day(due).days;
    return ask(std::move(command)).by_system();
}

fb::ReminderSentT reminder_sent(std::string_view due, std::int16_t offset, std::string_view on) {
    fb::ReminderSentT event;
    event.order = kOrder;
    event.due = day(due).days;
    event.offset = offset;
    event.to = {"ada", "pat"};
    event.on = day(on).days;
    return event;
}

fb::ReminderSentT told(const Story& story, std::string_view due, std::string_view on) {
    const Ruled ruled = story.rule_on(send_reminder(due), day(on));
    REQUIRE(std::holds_alternative<Accepted>(ruled));
    return *std::get<Accepted>(ruled).event.AsReminderSent();
}

std::vector<std::string> texts(const std::vector<Date>& dates) {
    std::vector<std::string> all;
    for (const Date date : dates) all.push_back(to_string(date));
    return all;
}

std::vector<std::string> due_of(const Story& story, std::size_t order = 0) {
    return texts(orders::reminders_due(story.partner().orders[order], policies_of(story.ledger())));
}

// A version of these days of reminder from a day on, the last there is.
LedgerState reminding(LedgerState ledger, const char* from, const std::vector<std::int16_t>& days) {
    fb::PolicyVersionT policy = policy_on(ledger, day(from));
    policy.version = static_cast<std::uint32_t>(ledger.policies.size() + 1);
    policy.effective = day(from).days;
    std::erase_if(ledger.policies, [&policy](const fb::PolicyVersionT& each) {
        return each.effective >= policy.effective;
    });
    policy.reminders.clear();
    for (const std::int16_t each : days) {
        fb::ReminderDayT reminder;
        reminder.days = each;
        policy.reminders.push_back(reminder);
    }
    ledger.policies.push_back(policy);
    return ledger;
}

const std::vector<std::string> kUsual{"2021-12-11", "2021-12-26", "2022-01-11", "2022-02-02"};

void renew(PartnerState& state) { state.orders.front().renewed_by = "ap-2"; }

// What the system does by itself through a day.
Story ticked(Story story, std::string_view through, std::vector<std::string>& events) {
    while (true) {
        const auto due = deadlines::due(story.partner(), policies_of(story.ledger()), day(through));
        if (due.empty()) return story;
        Asked asked;
        asked.body = deadlines::body_of(due.front());
        const std::string id = deadlines::id_of(due.front());
        events.push_back(id.substr(0, id.rfind('/')));
        story = story.with(asked.by_system(), to_string(due.front().on));
    }
}

}  // namespace

TEST_CASE("Admins are reminded 30 and 15 days before the anniversary, 1 and 23 days after it",
          "[MEM-10]") {
    // Anniversary 2022-01-10.
    given(with_pack())
        .when(send_reminder("2021-12-11"))
        .at("2021-12-10")
        .refused("reminder.not-due", "2021-12-11")
        .under_rule("MEM-10")
        .at("2021-12-11")
        .then(reminder_sent("2021-12-11", -30, "2021-12-11"));
    const struct {
        const char* due;
        std::int16_t offset;
    } others[] = {{"2021-12-26", -15}, {"2022-01-11", 1}, {"2022-02-02", 23}};
    for (const auto& each : others)
        given(with_pack())
            .when(send_reminder(each.due))
            .at(to_string(plus_days(day(each.due), -1)))
            .refused("reminder.not-due", each.due)
            .at(each.due)
            .then(reminder_sent(each.due, each.offset, each.due));
    CHECK(due_of(with_pack()) == kUsual);
}

TEST_CASE("A day that passed unnoticed is made up for once, and its event tells both days",
          "[MEM-10]") {
    given(with_pack())
        .when(send_reminder("2021-12-11"))
        .at("2022-01-20")
        .then(reminder_sent("2021-12-11", -30, "2022-01-20"));
    const Story late = with_pack().with(send_reminder("2021-12-11"), "2022-01-20");
    given(late)
        .when(send_reminder("2021-12-11"))
        .at("2022-01-20")
        .nothing()
        .at("2023-01-01")
        .nothing();
    CHECK(due_of(late) == std::vector<std::string>{"2021-12-26", "2022-01-11", "2022-02-02"});
}

TEST_CASE("On days that are none of the policy's nobody is reminded", "[MEM-10]") {
    for (const char* other : {"2021-12-10", "2021-12-12", "2022-01-10", "2022-02-10"})
        given(with_pack())
            .when(send_reminder(other))
            .at("2022-02-09")
            .refused("reminder.not-due")
            .under_rule("MEM-10");
    // An order that waits for its money has no anniversary yet.
    given(contoso().with(order_by_transfer(), "2021-01-10"))
        .when(send_reminder("2021-12-11"))
        .at("2021-01-12")
        .refused("reminder.not-due");
}

TEST_CASE("The ledger itself sends reminders, nobody else", "[MEM-10][ACC-09]") {
    const Asked asked = send_reminder("2021-12-11");
    for (const char* user : {"ada", "pat", "sam", "zoe", "kim", "stranger"})
        given(with_pack()).when(asked.by(user)).at("2021-12-11").refused("role.missing");
    for (const Asked& by : {asked.by_support(), asked.by_auditor()})
        given(with_pack()).when(by).at("2021-12-11").refused("role.missing").under_rule("ACC-09");
    given(with_pack())
        .when(send_reminder("2021-12-11", "ap-9"))
        .at("2021-12-11")
        .refused("order.unknown");
}

TEST_CASE("Nobody is reminded of an order that ended", "[MEM-10]") {
    const Story transfer = contoso().with(order_by_transfer(), "2021-01-10");
    const Story withdrawn = transfer.where(
        [](PartnerState& state) { state.orders.front().withdrawn = day("2021-01-11").days; });
    const Story cancelled = with_pack()
                                .with(request_cancellation(), "2021-01-12")
                                .with(resolve_cancellation(), "2021-01-12");
    const Story replaced = with_pack().where(
        [](PartnerState& state) { state.orders.front().replaced = day("2021-06-01").days; });
    for (const Story& story : {transfer, withdrawn, cancelled, replaced}) {
        given(story).when(send_reminder("2021-12-11")).at("2021-12-11").nothing();
        CHECK(due_of(story).empty());
    }
}

TEST_CASE("Of an order that was renewed only what lies before its anniversary is still sent",
          "[MEM-10]") {
    const Story renewed = with_pack().where(renew);
    given(renewed)
        .when(send_reminder("2021-12-26"))
        .at("2022-01-11")
        .then(reminder_sent("2021-12-26", -15, "2022-01-11"));
    for (const char* after : {"2022-01-11", "2022-02-02"})
        given(renewed).when(send_reminder(after)).at("2022-01-10").nothing().at(after).nothing();
    // The ledger looks no further at an order that another goes on from.
    CHECK(due_of(renewed).empty());
}

TEST_CASE("A renewal's own reminders count from its own anniversary, and not before it was paid",
          "[MEM-10][MEM-09]") {
    // Renewed on the 20th day after the anniversary, for the term from that.
    const Story chain = with_pack().where([](PartnerState& state) {
        renew(state);
        fb::OrderT next = state.orders.front();
        next.id = "ap-2";
        next.renews = kOrder;
        next.renewed_by.clear();
        next.start = day("2022-01-10").days;
        next.purchased = day("2022-01-30").days;
        next.anniversary = day("2023-01-10").days;
        state.orders.push_back(next);
    });
    CHECK(due_of(chain, 1) ==
          std::vector<std::string>{"2022-12-11", "2022-12-26", "2023-01-11", "2023-02-02"});
    const Story early = chain.under(reminding(chain.ledger(), "2021-01-01", {-365, -345, 1}));
    CHECK(due_of(early, 1) == std::vector<std::string>{"2022-01-30", "2023-01-11"});
}

TEST_CASE(
    "Each day of reminder is one by the policy of that day: none comes twice or is taken back",
    "[MEM-10][LED-03]") {
    const Story story = with_pack();
    const auto due_with = [&](const char* from, const std::vector<std::int16_t>& days) {
        return due_of(story.under(reminding(story.ledger(), from, days)));
    };
    using Days = std::vector<std::string>;
    // In force from the day between two reminders on: what came before stays, what comes is its own.
    CHECK(due_with("2021-12-20", {-40, -10, 5}) == Days{"2021-12-11", "2021-12-31", "2022-01-15"});
    // From a day of reminder itself on, and from the day after it.
    CHECK(due_with("2021-12-26", {-14, 1}) == Days{"2021-12-11", "2021-12-27", "2022-01-11"});
    CHECK(due_with("2021-12-27", {-14, 1}) ==
          Days{"2021-12-11", "2021-12-26", "2021-12-27", "2022-01-11"});
    // One that was sent isn't due again by a version that names its day too.
    const Story sent = story.with(send_reminder("2021-12-11"), "2021-12-11");
    CHECK(due_of(sent.under(reminding(sent.ledger(), "2021-12-12", {-30, -20}))) ==
          Days{"2021-12-21"});
    // One that is due stays due, though a version that came after its day doesn't name it.
    const Story later = story.under(reminding(story.ledger(), "2021-12-12", {1}));
    given(later)
        .when(send_reminder("2021-12-11"))
        .at("2021-12-15")
        .then(reminder_sent("2021-12-11", -30, "2021-12-15"));
    given(later).when(send_reminder("2021-12-26")).at("2021-12-26").refused("reminder.not-due");
}

TEST_CASE("A policy's days of reminder are in order, each once, and the usual where it has none",
          "[MEM-10]") {
    using Days = std::vector<std::int32_t>;
    CHECK(orders::reminder_days(fb::PolicyVersionT{}) == Days{-30, -15, 1, 23});
    const LedgerState ledger = reminding(new_ledger(), "2021-01-01", {7, -365, 7, 0});
    CHECK(orders::reminder_days(ledger.policies.back()) == Days{-365, 0, 7});
    CHECK(orders::reminder_lead_days(policies_of(ledger)) == 365);
    CHECK(orders::reminder_lead_days(policies_of(new_ledger())) == 30);
}

TEST_CASE("No reminder is dated before its order, nor after its window", "[MEM-10]") {
    const Story story = with_pack();
    // The purchase was on 2021-01-10, the window closes on 2022-02-09.
    CHECK(due_of(story.under(reminding(story.ledger(), "2021-01-01", {-365, 30}))) ==
          std::vector<std::string>{"2021-01-10", "2022-02-09"});
    const Story bounds = story.under(reminding(story.ledger(), "2020-01-01", {-365, 31, 365}));
    CHECK(due_of(bounds) == std::vector<std::string>{"2021-01-10"});
    const Story leap = contoso().with_action_pack("2020-02-28");
    CHECK(due_of(leap.under(reminding(leap.ledger(), "2020-01-01", {-365, 1}))) ==
          std::vector<std::string>{"2020-02-29", "2021-03-01"});
}

TEST_CASE("Reminders go to the global admins and partner admins of the day they are sent",
          "[MEM-10]") {
    const Story changed = with_pack()
                              .with(add_user("new", fb::Role::global_admin), "2021-12-10")
                              .with(change_roles("pat", fb::Role::account_admin), "2021-12-10")
                              .with(remove_user("kim"), "2021-12-10");
    CHECK(told(changed, "2021-12-11", "2021-12-11").to == std::vector<std::string>{"ada", "new"});
    // Both roles in one hand are one name.
    const Story both = with_pack().with(
        change_roles("pat", fb::Role::global_admin | fb::Role::partner_admin), "2021-12-10");
    CHECK(told(both, "2021-12-11", "2021-12-11").to == std::vector<std::string>{"ada", "pat"});
}

TEST_CASE("A reminder to more admins than it can name says how many more there are", "[MEM-10]") {
    const auto admins = [](std::size_t count) {
        return with_pack().where([count](PartnerState& state) {
            state.users.clear();
            for (std::size_t i = 0; i < count; ++i) {
                fb::UserT user;
                user.id = std::string(60, 'u') + std::to_string(1'000 + i);
                user.roles = fb::Role::partner_admin;
                state.users.push_back(user);
            }
        });
    };
    const auto most = told(admins(limits::kReminderMaxRecipients), "2021-12-11", "2021-12-11");
    CHECK(most.to.size() == limits::kReminderMaxRecipients);
    CHECK(most.unnamed == 0);
    const auto all = told(admins(limits::kPartnerMaxUsers), "2021-12-11", "2021-12-11");
    CHECK(all.to.size() == limits::kReminderMaxRecipients);
    CHECK(all.unnamed == limits::kPartnerMaxUsers - limits::kReminderMaxRecipients);
    fb::EventUnion event;
    event.Set(fb::ReminderSentT(all));
    CHECK(encode_body(event).size() < limits::kEntryMaxBytes);
}

TEST_CASE("A reminder says that a competency is extended for hardship, and no other order",
          "[MEM-10][EXT-01]") {
    const auto extended = [](fb::OfferKind kind, std::string_view anniversary) {
        const Story story =
            contoso()
                .happened(competency(kind, "2019-06-10", anniversary))
                .where([](PartnerState& state) { state.orders.front().id = kOrder; });
        const std::string due = to_string(plus_days(day(anniversary), -30));
        return told(story, due, due).extension;
    };
    CHECK(extended(fb::OfferKind::silver, "2020-07-01"));
    CHECK(extended(fb::OfferKind::gold, "2020-12-31"));
    CHECK_FALSE(extended(fb::OfferKind::silver, "2020-06-30"));
    CHECK_FALSE(extended(fb::OfferKind::gold, "2021-01-01"));
    const Story pack = contoso().with_action_pack("2019-07-01");
    CHECK_FALSE(told(pack, "2020-06-01", "2020-06-01").extension);
}

TEST_CASE("A partner's row has room for sixteen reminders of an order; more are refused when full",
          "[MEM-10]") {
    const auto reminded = [](std::size_t times) {
        return with_pack().where([times](PartnerState& state) {
            for (std::size_t i = 0; i < times; ++i) {
                fb::RemindedT sent;
                sent.due = static_cast<std::int32_t>(i + 1);
                state.orders.front().reminded.push_back(sent);
            }
            state.address += std::string(limits::kPartnerRowMaxBytes - row_max_bytes(state), 'a');
        });
    };
    const auto asked = send_reminder("2021-12-11");
    given(reminded(15))
        .when(asked)
        .at("2021-12-11")
        .then(reminder_sent("2021-12-11", -30, "2021-12-11"));
    given(reminded(16)).when(asked).at("2021-12-11").refused("partner.full");
}

TEST_CASE("A year of an order that nobody renews has five events of the system, in order",
          "[MEM-10][MEM-05]") {
    std::vector<std::string> events;
    const Story after = ticked(with_pack(), "2030-01-01", events);
    CHECK(events == std::vector<std::string>{"due/reminder/2021-12-11", "due/reminder/2021-12-26",
                                             "due/reminder/2022-01-11", "due/reminder/2022-02-02",
                                             "due/expiry/2022-02-10"});
    CHECK(deadlines::anchors(after.partner()).empty());
}

TEST_CASE("A year of an order that is renewed by hand on the fifth day has three", "[MEM-10]") {
    std::vector<std::string> events;
    const Story before = ticked(with_pack(), "2022-01-15", events);
    const Story after = ticked(before.where(renew), "2030-01-01", events);
    CHECK(events == std::vector<std::string>{"due/reminder/2021-12-11", "due/reminder/2021-12-26",
                                             "due/reminder/2022-01-11"});
    CHECK(deadlines::anchors(after.partner()).empty());
}

TEST_CASE("However late the ledger wakes, reminders come in order and the expiry last",
          "[MEM-10]") {
    const auto due =
        deadlines::due(with_pack().partner(), policies_of(with_pack().ledger()), day("2023-01-01"));
    REQUIRE(due.size() == 5);
    for (std::size_t i = 0; i < kUsual.size(); ++i) {
        CHECK(to_string(due[i].on) == kUsual[i]);
        CHECK(due[i].rank == deadlines::Rank::reminder);
    }
    CHECK(due.back().rank == deadlines::Rank::expiry);
    CHECK(due.back().on == day("2022-02-10"));
}
