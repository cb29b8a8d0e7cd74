// A sandbox's clock moved by three years in one go: what the ledger does by itself meanwhile.
#include <fmt/format.h>

#include <chrono>
#include <ctime>

#include "aggregates/clock_command.h"
#include "consumers/create_ledger.h"
#include "consumers/gathered_answers.h"
#include "consumers/sandbox_clock.h"
#include "tools/bench/bench.h"
#include "tools/bench/workload.h"

namespace ledger::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Date kFirstDay{18506};  // 2020-09-01
constexpr std::uint32_t kDaysOfPurchases = 365;
constexpr int kYears = 3;
constexpr std::size_t kInFlight = 4'096;
constexpr std::chrono::milliseconds kViewPatience{120'000};

Result<void> move_to(Ledger& ledger, Node& node, Date day) {
    ClockMove move{day};
    move.issues_due = false;
    const Answer moved = move_clock(ledger, node, move);
    if (moved.outcome <= Outcome::nothing) return {};
    return error("the clock of the benchmark can't be moved: " + moved.reason);
}

// Partners with an order each, bought on the days of one year as evenly as can be.
Result<void> fill(Ledger& ledger, Node& node, std::uint32_t partners) {
    std::uint32_t partner = 0;
    for (std::uint32_t i = 0; i < kDaysOfPurchases; ++i) {
        const Date day = plus_days(kFirstDay, static_cast<std::int32_t>(i));
        if (const auto moved = move_to(ledger, node, day); !moved) return moved;
        const std::uint64_t until = std::uint64_t{partners} * (i + 1) / kDaysOfPurchases;
        std::vector<Bytes> commands;
        std::size_t at = 0;
        const auto driven = drive(node, kInFlight, [&]() -> Bytes {
            if (at == commands.size()) {
                if (partner == until) return {};
                commands = set_up(partner++);
                at = 0;
            }
            return std::move(commands[at++]);
        });
        if (!driven) return driven.error();
    }
    return node.catch_up(kViewPatience);
}

}  // namespace

Result<BenchRow> bench_jump(const BenchSettings& settings) {
    LedgerPlace place;
    place.directory = settings.directory + "/jump";
    CreateSettings create;
    create.sandbox = true;
    create.clock = kFirstDay;
    if (const auto made = create_ledger(place, create); !made) return made.error();
    auto ledger = open_ledger(place);
    if (!ledger) return ledger.error();
    const auto node = start_node(*ledger, {});
    if (!node) return node.error();
    if (const auto filled = fill(*ledger, **node, settings.jump_partners); !filled)
        return filled.error();
    ClockMove jump{plus_years(plus_days(kFirstDay, kDaysOfPurchases), kYears)};
    std::vector<double> steps_ms;
    std::uint64_t events = 0;
    auto stepped = Clock::now();
    jump.on_step = [&](const ClockMoved& moved) {
        const auto now = Clock::now();
        steps_ms.push_back(std::chrono::duration<double, std::milli>(now - stepped).count());
        stepped = now;
        events = moved.events;
    };
    const auto began = Clock::now();
    const std::clock_t at_work = std::clock();
    const Answer moved = move_clock(*ledger, **node, jump);
    const std::chrono::duration<double> took = Clock::now() - began;
    const double busy_s = static_cast<double>(std::clock() - at_work) / CLOCKS_PER_SEC;
    (*node)->close(std::chrono::seconds{5});
    if (moved.outcome != Outcome::accepted)
        return error("the jump of the benchmark failed: " + moved.reason);
    BenchRow row;
    row.name = "jump of three years, " + std::to_string(settings.jump_partners) +
               " partners: events of the system; times of a day";
    row.ours = of_latencies(steps_ms, took.count());
    row.ours.n = events;
    row.ours.per_second = static_cast<double>(events) / took.count();
    row.aim = 20'000;
    row.limit =
        fmt::format("{} days, each waits for the log; of the time one core was busy for {:.0f} %",
                    steps_ms.size(), 100 * busy_s / took.count());
    return row;
}

}  // namespace ledger::bench
