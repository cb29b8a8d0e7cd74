// A production ledger's clock: when it is in doubt, and until when.
#include "consumers/clock_guard.h"

#include <filesystem>
#include <fstream>
#include <limits>

#include "consumers/newest_entry.h"
#include "events/durable_file.h"
#include "events/sha256.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

using tests::Running;

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr std::int64_t kLimitMs = 5 * kMinuteMs;
constexpr std::int64_t kAheadMs = 3 * kDayMs;
const Time kNoon = *parse_time("2021-02-01T12:00:00Z");

Time noon_plus(std::int64_t ms) { return Time{kNoon.milliseconds + ms}; }

// Of the same run of the machine, so long after noon.
ClockReading reading(std::int64_t passed_ms, std::int64_t wall_ahead_ms = 0) {
    return {"boot-1", 1000 + passed_ms, kNoon.milliseconds + passed_ms + wall_ahead_ms};
}

// Of a later run of the machine.
ClockReading another_run(std::int64_t after_noon_ms) {
    return {"boot-2", 500, kNoon.milliseconds + after_noon_ms};
}

ClockSeen seen_at_noon() { return {reading(0)}; }

bool doubted(const ClockKnown& known, const ClockReading& now) {
    return !believe(known, now).doubt.empty();
}

TEST_CASE("A clock that goes with the time is believed, however long nobody looked") {
    CHECK_FALSE(doubted({seen_at_noon(), std::nullopt}, reading(1)));
    CHECK_FALSE(doubted({seen_at_noon(), kNoon}, reading(1)));
    CHECK_FALSE(doubted({seen_at_noon(), kNoon}, reading(400 * kDayMs)));
}

TEST_CASE("A jump of more than five minutes, forward or back, is in doubt") {
    for (const std::int64_t sign : {1, -1}) {
        CHECK_FALSE(doubted({seen_at_noon(), std::nullopt}, reading(1000, sign * kLimitMs)));
        CHECK(doubted({seen_at_noon(), std::nullopt}, reading(1000, sign * (kLimitMs + 1))));
        // On Kafka too: what passed is known here without a broker.
        CHECK(doubted({seen_at_noon(), std::nullopt, true}, reading(1000, sign * (kLimitMs + 1))));
    }
}

TEST_CASE("A machine that was paused, whose time since the start stood still, is in doubt") {
    const ClockReading resumed{"boot-1", 1000, kNoon.milliseconds + 60 * kMinuteMs};
    CHECK(doubted({seen_at_noon(), kNoon}, resumed));
    // One that slept was counted.
    CHECK_FALSE(doubted({seen_at_noon(), kNoon}, reading(60 * kMinuteMs)));
}

TEST_CASE(
    "After a start of the machine a clock up to three days ahead of all that is known is "
    "believed") {
    const ClockKnown known{seen_at_noon(), noon_plus(-kDayMs)};
    CHECK_FALSE(doubted(known, another_run(kAheadMs)));
    CHECK(doubted(known, another_run(kAheadMs + 1)));
    CHECK(doubted(known, another_run(3652 * kDayMs)));
}

TEST_CASE("Without a file the newest entry is what is known: after a restore, on a fresh node") {
    const ClockKnown known{std::nullopt, kNoon};
    CHECK_FALSE(doubted(known, another_run(0)));
    CHECK_FALSE(doubted(known, another_run(kAheadMs)));
    CHECK(doubted(known, another_run(kAheadMs + 1)));
    CHECK(doubted(known, another_run(-kLimitMs - 1)));
}

TEST_CASE("The later of newest entry and clock seen last is what counts") {
    CHECK_FALSE(doubted({seen_at_noon(), noon_plus(-400 * kDayMs)}, another_run(kDayMs)));
    CHECK_FALSE(doubted({ClockSeen{reading(-400 * kDayMs)}, kNoon}, another_run(kDayMs)));
    CHECK(doubted({ClockSeen{reading(-400 * kDayMs)}, std::nullopt}, another_run(0)));
}

TEST_CASE("After a start of the machine a clock that stands before it was seen last is in doubt") {
    const ClockKnown known{seen_at_noon(), noon_plus(-400 * kDayMs)};
    CHECK_FALSE(doubted(known, another_run(-kLimitMs)));
    CHECK(doubted(known, another_run(-kLimitMs - 1)));
}

TEST_CASE("A new ledger has nothing that speaks against the clock but that it was made") {
    CHECK_FALSE(doubted({}, another_run(0)));
    CHECK_FALSE(doubted({}, another_run(3652 * kDayMs)));
    CHECK_FALSE(doubted({}, {"boot-1", 0, kNoLedgerBefore.milliseconds}));
    CHECK(doubted({}, {"boot-1", 0, kNoLedgerBefore.milliseconds - 1}));
    CHECK(doubted({}, {"boot-1", 0, 0}));
}

TEST_CASE("Where the machine doesn't say which run it is, each look is as after a start") {
    ClockReading unknown = reading(kAheadMs);
    unknown.boot.clear();
    CHECK_FALSE(doubted({ClockSeen{unknown}, kNoon}, unknown));
    ClockReading ahead = unknown;
    ahead.wall_ms += kAheadMs + 1;
    CHECK(doubted({ClockSeen{unknown}, kNoon}, ahead));
}

TEST_CASE("On Kafka the broker's clock decides what nothing on the machine can tell") {
    // A fresh node has read no entry yet, so that it may look like a new ledger.
    for (const ClockKnown& known : {ClockKnown{seen_at_noon(), noon_plus(-kDayMs), true},
                                    ClockKnown{std::nullopt, std::nullopt, true}})
        for (const std::int64_t after : {std::int64_t{0}, kAheadMs + 1, -kLimitMs - 1}) {
            CHECK_FALSE(doubted(known, another_run(after)));
            CHECK(believe(known, another_run(after)).for_broker);
        }
    CHECK_FALSE(believe({seen_at_noon(), kNoon, true}, reading(kAheadMs + 1)).for_broker);
    CHECK(doubted({std::nullopt, kNoon, true}, another_run(-kLimitMs - 1)));
    CHECK(doubted({std::nullopt, std::nullopt, true}, {"boot-1", 0, 0}));
}

TEST_CASE("A clock that stands before the newest entry is in doubt until it was accepted") {
    CHECK_FALSE(doubted({std::nullopt, noon_plus(kLimitMs)}, reading(0)));
    const Time newest = noon_plus(kLimitMs + 1);
    CHECK(doubted({std::nullopt, newest}, reading(0)));
    CHECK(doubted({seen_at_noon(), newest}, reading(0)));
    CHECK_FALSE(doubted({ClockSeen{reading(0), newest}, newest}, reading(10)));
    CHECK_FALSE(doubted({ClockSeen{reading(0), newest}, newest}, another_run(10)));
    CHECK(doubted({ClockSeen{reading(0), newest}, noon_plus(6 * kMinuteMs)}, reading(10)));
}

TEST_CASE("Whatever time stands in a record or a file, it is one sentence or none") {
    using Number = std::numeric_limits<std::int64_t>;
    for (const std::int64_t entry : {Number::min(), Number::max()}) {
        CHECK(doubted({std::nullopt, Time{entry}}, reading(0)));
        CHECK(doubted({seen_at_noon(), Time{entry}}, another_run(kAheadMs + 1)));
        CHECK(clock_doubt_by_log(kNoon, Time{entry}, kNoon));
    }
}

const Id128 kLedger{1, 2};

// The guard of a folder, looked at with clocks of the test.
struct Guarded {
    ClockGuard guard() const { return {folder / "", kLedger, false}; }
    ClockGuard on_kafka() const { return {folder / "", kLedger, true}; }
    tests::TempDir folder;
};

TEST_CASE("What was believed vouches for the next process of the same run") {
    const Guarded guarded;
    CHECK(guarded.guard().look(reading(0), std::nullopt)->empty());
    CHECK(guarded.guard().look(reading(400 * kDayMs), kNoon)->empty());
    CHECK_FALSE(guarded.guard().look(reading(0, kLimitMs + 1), kNoon)->empty());
}

TEST_CASE("A clock in doubt leaves what was seen, and vouches for nothing") {
    const Guarded guarded;
    REQUIRE(guarded.guard().look(reading(0), std::nullopt)->empty());
    const auto before = **read_file(guarded.folder / "clock");
    CHECK_FALSE(guarded.guard().look(another_run(3652 * kDayMs), kNoon)->empty());
    CHECK(**read_file(guarded.folder / "clock") == before);
    CHECK_FALSE(guarded.guard().look(another_run(3652 * kDayMs), kNoon)->empty());
    CHECK(guarded.guard().look(another_run(kDayMs), kNoon)->empty());
}

TEST_CASE("A clock that stands before any ledger is never accepted") {
    const Guarded guarded;
    ClockGuard guard = guarded.guard();
    CHECK_FALSE(guard.accept({"boot-1", 0, kNoLedgerBefore.milliseconds - 1}, std::nullopt).ok());
    CHECK_FALSE(read_file(guarded.folder / "clock")->has_value());
    CHECK(guard.accept({"boot-1", 0, kNoLedgerBefore.milliseconds}, std::nullopt).ok());
    CHECK_FALSE(guard.look({"boot-1", 1, 1}, std::nullopt)->empty());
}

TEST_CASE("A file of another ledger's folder, or a damaged one, vouches for nothing") {
    const Guarded guarded;
    const std::string path = guarded.folder / "clock";
    ClockGuard other{guarded.folder / "", Id128{1, 3}, false};
    REQUIRE(other.look(reading(0), std::nullopt)->empty());
    const ClockReading later = reading(kAheadMs + 1);
    CHECK(other.look(later, kNoon)->empty());
    CHECK_FALSE(guarded.guard().look(later, kNoon)->empty());

    ClockGuard ours = guarded.guard();
    REQUIRE(ours.look(reading(0), kNoon)->empty());
    const std::string whole = **read_file(path);
    CHECK(guarded.guard().look(later, kNoon)->empty());
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        INFO("cut at " << cut);
        REQUIRE(write_durably(path, whole.substr(0, cut)).ok());
        CHECK_FALSE(guarded.guard().look(later, kNoon)->empty());
        // Nor does it speak against anything.
        CHECK(guarded.guard().look(reading(kDayMs), kNoon)->empty());
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        INFO("another byte at " << at);
        std::string damaged = whole;
        damaged[at] = damaged[at] == '1' ? '2' : '1';
        REQUIRE(write_durably(path, damaged).ok());
        CHECK_FALSE(guarded.guard().look(later, kNoon)->empty());
    }
}

TEST_CASE("A file that was written by somebody is read with care") {
    const Guarded guarded;
    for (const char* number :
         {"x", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "1e3", "-"}) {
        const std::string text = "ledger " + to_hex(kLedger) + "\nboot boot-1\nsince-boot " +
                                 number + "\nwall " + number + "\n";
        REQUIRE(write_durably(guarded.folder / "clock",
                              text + "sha256 " + to_hex(sha256(view_of(text))) + "\n")
                    .ok());
        CHECK_FALSE(guarded.guard().look(reading(kAheadMs + 1), kNoon)->empty());
    }
}

TEST_CASE("While a node runs, the clock is seen every hour, and not oftener") {
    const Guarded guarded;
    ClockGuard guard = guarded.guard();
    REQUIRE(guard.look(reading(0), std::nullopt)->empty());
    const auto first = **read_file(guarded.folder / "clock");
    CHECK_FALSE(guard.look_on(reading(59 * kMinuteMs)));
    CHECK(**read_file(guarded.folder / "clock") == first);
    for (std::int64_t hour = 1; hour <= 24 * 30; ++hour)
        REQUIRE_FALSE(guard.look_on(reading(hour * 60 * kMinuteMs)));
    // Thirty days later, and the machine starts anew.
    CHECK(guarded.guard().look(another_run(31 * kDayMs), kNoon)->empty());
}

TEST_CASE("A clock that stands still while a node runs is found out, and one that creeps fast") {
    const Guarded guarded;
    ClockGuard guard = guarded.guard();
    REQUIRE(guard.look(reading(0), std::nullopt)->empty());
    for (std::int64_t second = 1; second <= 300; ++second)
        REQUIRE_FALSE(guard.look_on(reading(second * 1000, -second * 1000)));
    CHECK(guard.look_on(reading(301'000, -301'000)));

    ClockGuard crept = guarded.guard();
    REQUIRE(crept.look(reading(0), std::nullopt)->empty());
    CHECK_FALSE(crept.look_on(reading(10 * kMinuteMs, 3 * kMinuteMs)));
    CHECK(crept.look_on(reading(20 * kMinuteMs, 6 * kMinuteMs)));
}

TEST_CASE(
    "A node that started in doubt believes the clock when it is put right, and remembers the "
    "entries") {
    const Guarded guarded;
    REQUIRE(guarded.guard().look(reading(0), std::nullopt)->empty());
    ClockGuard guard = guarded.guard();
    // Booted in 1970, before a time server was asked.
    CHECK_FALSE(guard.look({"boot-2", 500, 500}, noon_plus(kDayMs))->empty());
    // Less of the log is read than was known at the start.
    CHECK_FALSE(guard.look(another_run(kDayMs - kLimitMs - 1), kNoon)->empty());
    CHECK(guard.look(another_run(kDayMs + 1), kNoon)->empty());
    CHECK_FALSE(guard.look_on(another_run(kDayMs + 1)));
}

TEST_CASE("On Kafka a clock that nothing vouched for is kept when the broker agreed") {
    const Guarded guarded;
    ClockGuard guard = guarded.on_kafka();
    CHECK(guard.look(another_run(kAheadMs + 1), kNoon)->empty());
    CHECK_FALSE(guard.look_on(another_run(kAheadMs + 2)));
    CHECK_FALSE(read_file(guarded.folder / "clock")->has_value());
    guard.broker_agrees(another_run(kAheadMs + 1));
    CHECK(guarded.on_kafka().look(another_run(kAheadMs + 3), kNoon)->empty());
    CHECK_FALSE(guarded.on_kafka().look(another_run(0), kNoon)->empty());
}

TEST_CASE("A clock that isn't the broker's is in doubt, however long a record was on its way") {
    const Time sent{1'800'000'000'000};
    const auto later = [&](std::int64_t count) {
        return Time{sent.milliseconds + count * kMinuteMs};
    };
    CHECK_FALSE(clock_doubt_by_log(sent, sent, sent));
    CHECK_FALSE(clock_doubt_by_log(sent, later(5), later(0)));
    CHECK_FALSE(clock_doubt_by_log(sent, later(-5), later(0)));
    // A process that was stopped between sending and reading back, or a slow network.
    CHECK_FALSE(clock_doubt_by_log(sent, later(1), later(120)));
    CHECK_FALSE(clock_doubt_by_log(sent, later(119), later(120)));
    const auto ahead = clock_doubt_by_log(sent, later(-60), later(1));
    REQUIRE(ahead.has_value());
    CHECK(ahead->find("60 minutes after the broker's") != std::string::npos);
    const auto behind = clock_doubt_by_log(sent, later(60), later(1));
    REQUIRE(behind.has_value());
    CHECK(behind->find("59 minutes before the broker's") != std::string::npos);
}

// A production ledger, whose clock is the machine's.
class Production {
public:
    Production() {
        const auto made = create_ledger(place(), {});
        if (!made) FAIL(made.error().message);
    }
    LedgerPlace place() const { return tests::place_in(folder_ / "ledger"); }
    std::string clock_file() const { return place().directory + "/clock"; }
    // One command at least stands in the log, of today.
    void register_partner() const {
        Running run(place());
        REQUIRE(run.ask(tests::register_partner("c1")).outcome == Outcome::accepted);
        run.node->close(tests::kPatience);
    }
    // As if the machine's clock had stood so far ahead when it was looked at last, in this run of
    // the machine or an earlier one.
    void seen_ahead(std::int64_t ahead_ms, std::string boot = read_clocks().boot) const {
        const auto ledger = open_ledger(place());
        REQUIRE(ledger.ok());
        const ClockReading now = read_clocks();
        ClockGuard guard = clock_guard_of(*ledger);
        REQUIRE(
            guard.accept({std::move(boot), now.since_boot_ms, now.wall_ms + ahead_ms}, {}).ok());
    }

private:
    tests::TempDir folder_;
};

TEST_CASE("While the clock is in doubt nothing is written, and everything can be read") {
    const Production production;
    production.register_partner();
    const std::string boot = GENERATE(read_clocks().boot, std::string("an-earlier-one"));
    production.seen_ahead(60 * kMinuteMs, boot);
    Running run(production.place());
    const Answer answer = run.ask(tests::accept_agreement("c2"));
    CHECK(answer.outcome == Outcome::failed);
    CHECK(answer.code == kClockInDoubt.text);
    REQUIRE(run.node->catch_up(tests::kPatience).ok());
    CHECK(views::find_partner(*run.ledger.rows->snapshot(), PartnerId{"contoso"})->has_value());
    CHECK_FALSE(check_clock(run.ledger, *newest_entry(run.ledger))->empty());
}

// Asks again until the node has looked; a look is due twice a second.
Outcome ask_until_served(Running& run) {
    for (int n = 0;; ++n) {
        const Answer answer = run.ask(tests::accept_agreement("again-" + std::to_string(n)));
        if (answer.outcome != Outcome::failed || n > 1'000'000) return answer.outcome;
    }
}

TEST_CASE("A node that started in doubt serves when the clock was accepted, without a restart") {
    const Production production;
    production.register_partner();
    production.seen_ahead(60 * kMinuteMs);
    Running run(production.place());
    CHECK(run.ask(tests::accept_agreement("c2")).outcome == Outcome::failed);
    REQUIRE(accept_clock(run.ledger, *newest_entry(run.ledger)).ok());
    CHECK(check_clock(run.ledger, *newest_entry(run.ledger))->empty());
    CHECK(ask_until_served(run) == Outcome::accepted);
    CHECK(run.node->stopped().empty());
}

TEST_CASE("A file that can't be understood is written anew") {
    const Production production;
    std::ofstream(production.clock_file()) << "what is this";
    production.register_partner();
    CHECK((**read_file(production.clock_file())).starts_with("ledger "));
}

// The views may be lost, or behind after a crash: the log has the newest entry.
TEST_CASE("The newest entry is known before the views have read it") {
    const Production production;
    {
        const auto none = open_ledger(production.place());
        CHECK_FALSE((*newest_entry(*none)).has_value());
    }
    production.register_partner();
    std::filesystem::remove_all(production.place().directory + "/views");
    const auto ledger = open_ledger(production.place());
    REQUIRE(ledger.ok());
    const auto newest = newest_entry(*ledger);
    REQUIRE((newest.ok() && newest->has_value()));
    CHECK((*newest)->milliseconds > kNoLedgerBefore.milliseconds);
}

// As `benefits create --sandbox` would on a machine that has just booted in 1970.
TEST_CASE("A sandbox ledger doesn't begin where a row has no date") {
    const tests::TempDir folder;
    CreateSettings settings;
    settings.sandbox = true;
    for (const Date day : {Date{0}, Date{-1}}) {
        settings.clock = day;
        CHECK_FALSE(create_ledger(tests::place_in(folder / "ledger"), settings).ok());
    }
    CHECK_FALSE(std::filesystem::exists(folder / "ledger"));
    settings.clock = kFirstDate;
    CHECK(create_ledger(tests::place_in(folder / "ledger"), settings).ok());
}

TEST_CASE("A sandbox has no machine's clock to doubt") {
    const tests::Sandbox sandbox;
    Running run(sandbox);
    CHECK(run.ask(tests::register_partner("c1")).outcome == Outcome::accepted);
    CHECK_FALSE(read_file(sandbox.place().directory + "/clock")->has_value());
}

}  // namespace
}  // namespace ledger
