// A production ledger's clock: when it is in doubt, and until when.
#include "consumers/clock_guard.h"

#include <fstream>

#include "events/durable_file.h"
#include "tests/support/sandbox_ledger.h"

namespace ledger {
namespace {

using std::chrono::minutes;
using tests::Running;

constexpr std::int64_t kMinuteMs = 60'000;
const Time kNoon = *parse_time("2021-02-01T12:00:00Z");

// Of the same run of the machine, so long after noon.
ClockReading reading(std::int64_t passed_ms, std::int64_t wall_ahead_ms = 0) {
    return {"boot-1", 1000 + passed_ms, kNoon.milliseconds + passed_ms + wall_ahead_ms};
}

ClockSeen seen_at_noon() { return {reading(0), Time{}}; }

Time noon_plus(std::int64_t ms) { return Time{kNoon.milliseconds + ms}; }

TEST_CASE("A clock that goes with the time is never in doubt, however long nobody looked") {
    CHECK_FALSE(clock_doubt(std::nullopt, reading(0), Time{}));
    CHECK_FALSE(clock_doubt(seen_at_noon(), reading(1), kNoon));
    CHECK_FALSE(clock_doubt(seen_at_noon(), reading(400LL * 24 * 60 * kMinuteMs), kNoon));
}

TEST_CASE("A jump of more than five minutes, forward or back, is in doubt") {
    for (const std::int64_t sign : {1, -1}) {
        const std::int64_t limit = 5 * kMinuteMs;
        CHECK_FALSE(clock_doubt(seen_at_noon(), reading(1000, sign * limit), Time{}));
        CHECK(clock_doubt(seen_at_noon(), reading(1000, sign * (limit + 1)), Time{}));
    }
}

TEST_CASE("Nothing is known across a start of the machine but the newest entry") {
    ClockReading later = reading(0, 30 * 24 * 60 * kMinuteMs);
    later.boot = "boot-2";
    CHECK_FALSE(clock_doubt(seen_at_noon(), later, kNoon));
    ClockReading unknown = reading(0, 30 * 24 * 60 * kMinuteMs);
    unknown.boot.clear();
    CHECK_FALSE(clock_doubt(ClockSeen{unknown, {}}, unknown, kNoon));
}

TEST_CASE("A clock that stands before the newest entry is in doubt until it was accepted") {
    CHECK_FALSE(clock_doubt(std::nullopt, reading(0), noon_plus(5 * kMinuteMs)));
    const Time newest = noon_plus(5 * kMinuteMs + 1);
    CHECK(clock_doubt(std::nullopt, reading(0), newest));
    CHECK_FALSE(clock_doubt(ClockSeen{reading(0), newest}, reading(10), newest));
    CHECK(clock_doubt(ClockSeen{reading(0), newest}, reading(10), noon_plus(6 * kMinuteMs)));
}

// A production ledger, whose clock is the machine's.
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

class Production {
public:
    Production() {
        const auto made = create_ledger(place(), {});
        if (!made) FAIL(made.error().message);
    }
    LedgerPlace place() const { return tests::place_in(folder_ / "ledger"); }
    // As if the machine's clock had stood so far ahead when it was looked at last.
    void seen_ahead(std::int64_t ahead_ms) const {
        const ClockReading now = read_clocks();
        REQUIRE(write_durably(place().directory + "/clock",
                              "boot " + now.boot + "\nsince-boot " +
                                  std::to_string(now.since_boot_ms) + "\nwall " +
                                  std::to_string(now.wall_ms + ahead_ms) + "\naccepted-behind 0\n")
                    .ok());
    }

private:
    tests::TempDir folder_;
};

TEST_CASE("While the clock is in doubt nothing is written, and everything can be read") {
    const Production production;
    {
        Running run(production.place());
        REQUIRE(run.ask(tests::register_partner("c1")).outcome == Outcome::accepted);
        run.node->close(tests::kPatience);
    }
    production.seen_ahead(60 * kMinuteMs);
    {
        Running run(production.place());
        const Answer answer = run.ask(tests::accept_agreement("c2"));
        CHECK(answer.outcome == Outcome::failed);
        CHECK(answer.reason.find("benefits clock accept") != std::string::npos);
        REQUIRE(run.node->catch_up(tests::kPatience).ok());
        CHECK(views::find_partner(*run.ledger.rows, PartnerId{"contoso"})->has_value());
        run.node->close(tests::kPatience);
        REQUIRE(check_clock(run.ledger)->has_value());
        REQUIRE(accept_clock(run.ledger).ok());
        CHECK_FALSE(check_clock(run.ledger)->has_value());
    }
    Running run(production.place());
    CHECK(run.ask(tests::accept_agreement("c2")).outcome == Outcome::accepted);
}

TEST_CASE("A file that can't be understood is written anew") {
    const Production production;
    std::ofstream(production.place().directory + "/clock") << "what is this";
    Running run(production.place());
    CHECK(run.ask(tests::register_partner("c1")).outcome == Outcome::accepted);
    CHECK((**read_file(production.place().directory + "/clock")).starts_with("boot "));
}

TEST_CASE("A sandbox has no machine's clock to doubt") {
    const tests::Sandbox sandbox;
    Running run(sandbox);
    CHECK(run.ask(tests::register_partner("c1")).outcome == Outcome::accepted);
    CHECK_FALSE(read_file(sandbox.place().directory + "/clock")->has_value());
}

}  // namespace
}  // namespace ledger
