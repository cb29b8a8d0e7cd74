// Ten times the history of one partner: what a command and a look at it cost then.
#include <chrono>

#include "events/log/embedded/embedded_log.h"
#include "events/log/genesis.h"
#include "projections/queries.h"
#include "projections/rocks_rows.h"
#include "tools/bench/bench.h"
#include "tools/bench/replay.h"
#include "tools/bench/workload.h"

namespace ledger::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kShortHistory = 1'000;
constexpr std::uint64_t kLongHistory = 10'000;
constexpr std::size_t kGrowthInFlight = 256;
constexpr std::uint64_t kCommands = 300;
constexpr int kLooks = 2'000;

struct Cost {
    Measured command;
    Measured look;
};

class Growing {
public:
    Growing(BenchNode& node, views::Rows& rows) : node_(node), rows_(rows) {}

    // Moves the partner's seat until its history has this length.
    Result<void> grow_to(std::uint64_t events) {
        const auto run = drive(*node_.node, kGrowthInFlight, moves(events));
        if (!run) return run.error();
        return node_.node->catch_up(std::chrono::minutes{1});
    }

    Result<Cost> measure() {
        auto run = drive(*node_.node, 1, moves(moved_ + kCommands));
        if (!run) return run.error();
        if (const auto read = node_.node->catch_up(std::chrono::minutes{1}); !read)
            return read.error();
        std::vector<double> looks;
        for (int i = 0; i < kLooks; ++i) {
            const auto asked = Clock::now();
            const auto state = views::find_partner(*rows_.snapshot(), PartnerId{partner_id(0)});
            if (!state || !*state) return error("the benchmark's partner is not in the views");
            looks.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
        }
        return Cost{of_latencies(run->latencies_ms, run->seconds), of_latencies(looks, 1)};
    }

private:
    std::function<Bytes()> moves(std::uint64_t until) {
        return
            [this, until]() -> Bytes { return moved_ < until ? move_seat(0, moved_++) : Bytes{}; };
    }

    BenchNode& node_;
    views::Rows& rows_;
    std::uint64_t moved_ = 0;
};

}  // namespace

Result<std::vector<BenchRow>> bench_growth(const BenchSettings& settings) {
    const std::string directory = settings.directory + "/growth";
    auto log = log::EmbeddedLog::create(directory, 1);
    if (!log) return log.error();
    if (const auto made = log::ensure_genesis(**log, genesis(1)); !made) return made.error();
    auto rows = views::RocksRows::open(directory + "/views");
    if (!rows) return rows.error();
    const auto node = start_bench_node(**log, **rows);
    if (!node) return node.error();
    std::vector<Bytes> setup = set_up(0);
    const auto registered =
        drive(*(*node)->node, 1, [&setup, at = std::size_t{0}]() mutable -> Bytes {
            return at < setup.size() ? std::move(setup[at++]) : Bytes{};
        });
    if (!registered) return registered.error();
    Growing partner(**node, **rows);
    Cost costs[2];
    const std::uint64_t lengths[] = {kShortHistory, kLongHistory};
    for (int i = 0; i < 2; ++i) {
        if (const auto grown = partner.grow_to(lengths[i]); !grown) return grown.error();
        const auto cost = partner.measure();
        if (!cost) return cost.error();
        costs[i] = *cost;
    }
    return std::vector<BenchRow>{{"a command on a partner of 10,000 events",
                                  costs[1].command,
                                  "the same at 1,000 events",
                                  costs[0].command,
                                  Compared::p50,
                                  1.2,
                                  "nothing grows with the history but its map of ids",
                                  {}},
                                 {"show of a partner of 10,000 events",
                                  costs[1].look,
                                  "the same at 1,000 events",
                                  costs[0].look,
                                  Compared::p50,
                                  1.2,
                                  "the row holds the state, not the history",
                                  {}}};
}

}  // namespace ledger::bench
