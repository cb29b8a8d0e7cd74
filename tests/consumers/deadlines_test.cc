// What falls due is issued once, on its day, whoever issues it, however the clock comes there and
// wherever it was killed.
#include "consumers/deadlines.h"

#include <map>
#include <thread>

#include "aggregates/clock_command.h"
#include "consumers/due_watch.h"
#include "consumers/sandbox_clock.h"
#include "projections/anchors.h"
#include "projections/queries.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

using tests::kPatience;
using tests::register_partner;
using tests::Running;
using tests::Sandbox;
using views::Family;

constexpr std::uint32_t kPartitions = 4;

Date day(const char* date) { return *parse_date(date); }

std::string command(const std::string& id, const std::string& partner, const char* kind,
                    const char* actor, const char* type, const std::string& body) {
    return R"({"id":")" + id + R"(","partner":")" + partner + R"(","actor":{"kind":")" + kind +
           R"(","id":")" + actor + R"("},"type":")" + type + R"(","body":)" + body + "}";
}

std::string order(const std::string& partner, const std::string& id,
                  const std::string& offer = "learning-action-pack",
                  const std::string& payment = "bank_transfer") {
    return command("buy-" + id, partner, "user", "kim", "PurchaseOffer",
                   R"({"order":")" + id + R"(","offer":")" + offer + R"(","payment":")" + payment +
                       R"(","charge":{"amount":10000,"currency":"USD"},)"
                       R"("terms_accepted":true,"confirmed":true})");
}

std::string payment(const std::string& partner, const std::string& id) {
    return command("pay-" + id, partner, "system", "bank", "ReceivePayment",
                   R"({"order":")" + id + R"(","amount":{"amount":10000,"currency":"USD"}})");
}

void must(Running& run, const std::string& json) {
    const Answer answer = run.ask(json);
    INFO(answer.code);
    REQUIRE(answer.outcome == Outcome::accepted);
}

void join(Running& run, const std::string& partner) {
    must(run, register_partner("c1", "Partner", partner));
    must(run, command("c2", partner, "system", "mailer", "VerifyContact", "{}"));
    must(run,
         command("c3", partner, "user", "kim", "AcceptAgreement", R"({"agreement":"2020-09"})"));
}

Answer move(Running& run, const char* to, bool issues_due = true) {
    ClockMove move{day(to)};
    move.issues_due = issues_due;
    return move_clock(run.ledger, *run.node, move);
}

void must_move(Running& run, const char* to, bool issues_due = true) {
    const Answer answer = move(run, to, issues_due);
    INFO(answer.reason);
    REQUIRE(answer.outcome != Outcome::refused);
    REQUIRE(answer.outcome < Outcome::refused);
    REQUIRE(run.node->catch_up(kPatience).ok());
}

const std::vector<std::string> kPartners = {"p0", "p1", "p2", "p3", "p4", "p5"};

// Orders of 2020-09-01 and, of every second partner, of 2020-09-03; p0 pays its first. On
// 2020-09-03 p1 and p4 buy by card.
void place_orders(Running& run) {
    for (const std::string& partner : kPartners) {
        join(run, partner);
        must(run, order(partner, "o1"));
        must(run, order(partner, "o2"));
    }
    must(run, payment("p0", "o1"));
    must_move(run, "2020-09-03");
    for (std::size_t i = 0; i < kPartners.size(); i += 2) must(run, order(kPartners[i], "o3"));
    for (const char* partner : {"p1", "p4"})
        must(run, order(partner, "card", "action-pack", "card"));
}

// Of every partner, from its first order on: day, command id and the body's bytes.
using Told = std::map<std::string, std::vector<std::string>>;

Told told_by(Running& run) {
    REQUIRE(run.node->catch_up(kPatience).ok());
    Told told;
    for (const std::string& partner : kPartners) {
        const auto replayed = views::replay(
            *run.ledger.rows->snapshot(), run.node->partition_of(PartnerId{partner}),
            PartnerId{partner}, [&](Position, const RecordView& record) {
                if (record.entry->version() <= 3) return;
                told[partner].push_back(
                    to_string(date_of(Time{record.entry->time()})) + " " +
                    std::string(text_of(record.entry->command_id())) + " " +
                    to_hex(sha256({record.entry->body()->data(), record.entry->body()->size()})));
            });
        REQUIRE(replayed.ok());
    }
    return told;
}

std::size_t events_of(const Told& told) {
    std::size_t count = 0;
    for (const auto& [partner, events] : told) count += events.size();
    return count;
}

// 17 orders, one payment, and 14 lapses.
constexpr std::size_t kEventsOf2020 = 32;
// Two of the three orders that were paid renew by card on 2021-09-03 and 2022-09-03: two reminders, a
// charge and its answer each time, and two reminders before the third. The one that doesn't has four
// reminders, and expires.
constexpr std::size_t kEvents = kEventsOf2020 + 2 * 10 + 5;
// Where the clock stood still until their windows were over, all three have four reminders and expire.
constexpr std::size_t kEventsLate = kEventsOf2020 + 3 * 5;

Told jumped() {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    must_move(run, "2023-09-01");
    return told_by(run);
}

// Of orders that were to be paid in 2020.
bool has_unnoted_lapses(Running& run) {
    bool any = false;
    const auto scanned = run.ledger.rows->snapshot()->scan(
        Family::anchors, {}, [&](std::string_view key, std::string_view) {
            any = views::parse_anchor_key(key)->on < day("2021-01-01");
            return false;
        });
    REQUIRE(scanned.ok());
    return any;
}

bool has_anchors(Running& run) {
    bool any = false;
    const auto scanned = run.ledger.rows->snapshot()->scan(
        Family::anchors, {}, [&](std::string_view, std::string_view) { return !(any = true); });
    REQUIRE(scanned.ok());
    return any;
}

}  // namespace

TEST_CASE("A jump of three years comes to what going day by day comes to, byte for byte",
          "[MEM-05][MEM-10][MEM-13]") {
    const Told jump = jumped();
    CHECK(events_of(jump) == kEvents);
    CHECK(jump.at("p1").back().starts_with("2023-08-19 due/reminder/2023-08-19/"));
    CHECK(jump.at("p2").back().starts_with("2020-10-03 due/lapse/2020-10-03/"));
    const Sandbox sandbox(kPartitions);
    {
        Running run(sandbox);
        place_orders(run);
        for (Date at = day("2020-09-04"); at < day("2020-10-10"); at = plus_days(at, 1))
            must_move(run, to_string(at).c_str());
        // Around the days of reminder, and the last of the window.
        for (const char* to : {"2021-08-01", "2021-08-02", "2021-08-18", "2021-08-19", "2021-09-01",
                               "2021-09-24", "2021-10-03", "2021-10-04"})
            must_move(run, to);
        must_move(run, "2022-09-01");
        must_move(run, "2023-09-01");
        CHECK(told_by(run) == jump);
        run.node->close(kPatience);
    }
    tests::verified(sandbox.place());
}

TEST_CASE("A move that was stopped at any step goes on when it is given again, to the same bodies",
          "[MEM-13][LED-02]") {
    const Told jump = jumped();
    int step = 0;
    for (bool stopped = true; stopped; ++step) {
        const Sandbox sandbox(kPartitions);
        {
            Running run(sandbox);
            place_orders(run);
            int asked = 0;
            ClockMove move{day("2023-09-01")};
            move.goes_on = [&] { return asked++ < step; };
            const Answer answer = move_clock(run.ledger, *run.node, move);
            stopped = answer.outcome == Outcome::failed;
            if (stopped) CHECK(answer.code == kDeadlinesStopped.text);
            // As if killed: nothing is closed in order.
        }
        Running run(sandbox);
        must_move(run, "2023-09-01");
        CHECK(told_by(run) == jump);
    }
    CHECK(step > 4);
}

TEST_CASE(
    "A move that came to some partitions only is brought to all, and nothing due is passed by",
    "[MEM-13]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    const PartitionId ahead = run.node->partition_of(PartnerId{"p0"});
    std::promise<Answer> moved;
    run.node->submit_to(ahead, clock_command(day("2021-01-01")),
                        [&](const Answer& answer) { moved.set_value(answer); });
    REQUIRE(moved.get_future().get().outcome == Outcome::accepted);
    REQUIRE(move(run, "2020-12-01").outcome == Outcome::refused);
    REQUIRE(run.node->catch_up(kPatience).ok());
    CHECK(has_unnoted_lapses(run));
    must_move(run, "2021-01-01");
    CHECK_FALSE(has_unnoted_lapses(run));
    CHECK(events_of(told_by(run)) == kEventsOf2020);
}

TEST_CASE("A move that somebody may not make moves no partition and issues nothing", "[ACC-09]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    fb::CommandT asked;
    asked.id = "mine";
    asked.actor = std::make_unique<fb::ActorT>();
    asked.actor->kind = fb::ActorKind::user;
    asked.actor->id = "kim";
    fb::MoveClockT body;
    body.to = day("2023-09-01").days;
    asked.body.Set(std::move(body));
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &asked));
    ClockMove move{day("2023-09-01")};
    move.command =
        Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
    const Answer answer = move_clock(run.ledger, *run.node, move);
    CHECK(answer.code == "role.missing");
    CHECK(has_anchors(run));
    for (std::uint32_t i = 0; i < kPartitions; ++i)
        CHECK((*views::find_ledger(*run.ledger.rows->snapshot(), PartitionId{i}))->clock ==
              day("2020-09-03"));
}

TEST_CASE("Without ticks the clock alone is moved; what fell due comes with the next move, late",
          "[MEM-13]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    must_move(run, "2020-12-24", false);
    CHECK(has_unnoted_lapses(run));
    must_move(run, "2020-12-24");
    CHECK_FALSE(has_unnoted_lapses(run));
    const Told told = told_by(run);
    CHECK(events_of(told) == kEventsOf2020);
    CHECK(told.at("p1").back().starts_with("2020-12-24 due/lapse/2020-10-01/"));
}

TEST_CASE("Two issuers at once come to one event each", "[MEM-10][MEM-13][LED-02]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    must_move(run, "2022-01-01", false);
    const auto issue = [&run] {
        Deadlines deadlines(*run.ledger.rows, *run.node);
        return deadlines.issue_through(day("2022-01-01")).ok();
    };
    bool went = false, also_went = false;
    {
        std::thread one([&] { went = issue(); });
        also_went = issue();
        one.join();
    }
    CHECK(went);
    CHECK(also_went);
    CHECK(events_of(told_by(run)) == kEventsLate);
    CHECK_FALSE(has_anchors(run));
}

TEST_CASE("Only what is due in wanted partitions is found, the earliest day first", "[MEM-13]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    REQUIRE(run.node->catch_up(kPatience).ok());
    Deadlines deadlines(*run.ledger.rows, *run.node);
    CHECK_FALSE(deadlines.next(day("2020-09-30"))->has_value());
    const auto first = deadlines.next(day("2023-01-01"));
    REQUIRE(first->has_value());
    CHECK((*first)->on == day("2020-10-01"));
    // One of each partner at a time: p0 has its second order, the others both.
    CHECK((*first)->commands.size() == kPartners.size());
    const PartitionId wanted = run.node->partition_of(PartnerId{"p3"});
    const auto some = deadlines.next(
        day("2023-01-01"), [wanted](PartitionId partition) { return partition == wanted; });
    REQUIRE(some->has_value());
    for (const DueCommand& each : (*some)->commands)
        CHECK(run.node->partition_of(PartnerId{each.partner}) == wanted);
}

TEST_CASE("What has been done by others meanwhile, or is refused, is not tried for ever",
          "[LED-02]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    REQUIRE(run.node->catch_up(kPatience).ok());
    // By the ledger's clock nothing is due yet, so all of it is refused.
    Deadlines deadlines(*run.ledger.rows, *run.node);
    REQUIRE(deadlines.issue_through(day("2023-01-01")).ok());
    CHECK(has_anchors(run));
}

TEST_CASE("A node serves the partitions it has written to, and no others") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    const PartitionId written = run.node->partition_of(PartnerId{"p0"});
    CHECK_FALSE(run.node->serves(written));
    must(run, register_partner("c1", "Partner", "p0"));
    for (std::uint32_t i = 0; i < kPartitions; ++i)
        CHECK(run.node->serves(PartitionId{i}) == (PartitionId{i} == written));
}

TEST_CASE("The watch beside a node issues at its start what fell due before", "[MEM-13]") {
    const Sandbox sandbox(kPartitions);
    Running run(sandbox);
    place_orders(run);
    must_move(run, "2020-12-24", false);
    // It leaves a sandbox to whoever moves its clock.
    run.ledger.sandbox = false;
    std::string trouble;
    {
        DueWatch watch(run.ledger, *run.node, [&](const std::string& told) { trouble = told; });
        const auto until = std::chrono::steady_clock::now() + kPatience;
        while (has_unnoted_lapses(run) && std::chrono::steady_clock::now() < until)
            REQUIRE(run.node->catch_up(kPatience).ok());
        watch.stop();
        run.node->close(kPatience);
    }
    CHECK(trouble.empty());
    CHECK_FALSE(has_unnoted_lapses(run));
}

TEST_CASE("At midnight a node issues for what it serves, ten minutes later for anybody") {
    const auto at = [](const char* date, std::int64_t after_ms) {
        return Time{start_of(day(date)).milliseconds + after_ms};
    };
    DueHours hours;
    CHECK(hours.look(at("2026-03-01", 0)) == DueLook{day("2026-02-28"), day("2026-03-01")});
    CHECK_FALSE(hours.look(at("2026-03-01", 1'000)).has_value());
    CHECK_FALSE(hours.look(at("2026-03-01", kOverdueAfterMs - 1)).has_value());
    CHECK(hours.look(at("2026-03-01", kOverdueAfterMs)) ==
          DueLook{day("2026-03-01"), day("2026-03-01")});
    CHECK_FALSE(hours.look(at("2026-03-01", 86'399'999)).has_value());
    CHECK(hours.look(at("2026-03-02", 0)) == DueLook{day("2026-03-01"), day("2026-03-02")});
}

TEST_CASE("A look that failed is done again, after longer and longer pauses up to the most") {
    const Time begun = start_of(day("2026-03-01"));
    DueHours hours;
    Time now = begun;
    std::int64_t pause = kLookAgainMinMs;
    for (int i = 0; i < 10; ++i) {
        REQUIRE(hours.look(now).has_value());
        hours.failed(now);
        CHECK_FALSE(hours.look(Time{now.milliseconds + pause - 1}).has_value());
        now = Time{now.milliseconds + pause};
        pause = std::min(2 * pause, kLookAgainMaxMs);
    }
    REQUIRE(hours.look(now).has_value());
    hours.went_well();
    CHECK_FALSE(hours.look(now).has_value());
    // The pauses begin anew.
    now = start_of(day("2026-03-05"));
    REQUIRE(hours.look(now).has_value());
    hours.failed(now);
    CHECK(hours.look(Time{now.milliseconds + kLookAgainMinMs}).has_value());
}

}  // namespace ledger
