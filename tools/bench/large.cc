// Many partners: how fast one is shown, and what opening costs.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <random>

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

constexpr std::size_t kLargeInFlight = 4'096;
constexpr std::uint64_t kMoves = 2;
constexpr std::size_t kShown = 200'000;
constexpr std::uint64_t kDrawSeed = 20200901;

double milliseconds_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

// Every partner set up and its seat moved: eight events each.
std::function<Bytes()> eight_events_each(std::uint32_t partners) {
    return [partners, partner = std::uint32_t{0}, at = std::size_t{0},
            commands = std::vector<Bytes>{}]() mutable -> Bytes {
        if (at == commands.size()) {
            if (partner == partners) return {};
            commands = set_up(partner);
            for (std::uint64_t n = 0; n < kMoves; ++n) commands.push_back(move_seat(partner, n));
            ++partner;
            at = 0;
        }
        return std::move(commands[at++]);
    };
}

Result<Measured> fill(const std::string& directory, std::uint32_t partners) {
    auto log = log::EmbeddedLog::create(directory, 1);
    if (!log) return log.error();
    if (const auto made = log::ensure_genesis(**log, genesis(1)); !made) return made.error();
    auto rows = views::RocksRows::open(directory + "/views");
    if (!rows) return rows.error();
    const auto node = start_bench_node(**log, **rows);
    if (!node) return node.error();
    auto run = drive(*(*node)->node, kLargeInFlight, eight_events_each(partners));
    if (!run) return run.error();
    (*node)->node->close(std::chrono::seconds{5});
    if (const auto flushed = (*rows)->flush(); !flushed) return flushed.error();
    return of_latencies(run->latencies_ms, run->seconds);
}

// A look at random partners, each timed.
template <typename Look>
Result<Measured> look_at(std::uint32_t partners, Look&& look) {
    std::mt19937_64 draw(kDrawSeed);
    std::vector<double> latencies;
    latencies.reserve(kShown);
    const auto began = Clock::now();
    for (std::size_t i = 0; i < kShown; ++i) {
        const std::string partner = partner_id(static_cast<std::uint32_t>(draw() % partners));
        const auto asked = Clock::now();
        if (!look(partner)) return error("a partner of the benchmark is not in its views");
        latencies.push_back(milliseconds_since(asked));
    }
    return of_latencies(latencies, milliseconds_since(began) / 1'000);
}

Result<BenchRow> show_row(const std::string& directory, std::uint32_t partners) {
    const auto rows = views::RocksRows::open(directory + "/views");
    if (!rows) return rows.error();
    const auto get = [&](const std::string& partner) {
        const auto row = (*rows)->snapshot()->get(views::Family::partners, partner);
        return row.ok() && row->has_value();
    };
    const auto show = [&](const std::string& partner) {
        const auto state = views::find_partner(*(*rows)->snapshot(), PartnerId{partner});
        return state.ok() && state->has_value();
    };
    if (const auto warmed = look_at(partners, get); !warmed) return warmed.error();
    const auto raw = look_at(partners, get);
    if (!raw) return raw.error();
    const auto ours = look_at(partners, show);
    if (!ours) return ours.error();
    return BenchRow{"show, a random partner of " + std::to_string(partners),
                    *ours,
                    "bare RocksDB Get of the same row",
                    *raw,
                    Compared::throughput,
                    0.3,
                    "reading the row (checksum, decompression) and unpacking it",
                    {}};
}

}  // namespace

Result<Opened> open_once(const std::string& directory) {
    const auto began = Clock::now();
    auto log = log::EmbeddedLog::open(directory);
    if (!log) return log.error();
    auto rows = views::RocksRows::open(directory + "/views");
    if (!rows) return rows.error();
    const auto node = start_bench_node(**log, **rows);
    if (!node) return node.error();
    Opened opened;
    opened.ms = milliseconds_since(began);
    std::FILE* statm = std::fopen("/proc/self/statm", "r");
    unsigned long pages = 0, resident = 0;
    const bool told = statm && std::fscanf(statm, "%lu %lu", &pages, &resident) == 2;
    if (statm) std::fclose(statm);
    if (!told) return error("/proc/self/statm can't be read: this needs Linux");
    opened.resident_bytes = resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return opened;
}

Result<std::vector<BenchRow>> bench_large(const BenchSettings& settings) {
    const std::string directory = settings.directory + "/large";
    const std::uint32_t partners = settings.large_partners;
    const auto filled = fill(directory, partners);
    if (!filled) return filled.error();
    // In a process of its own: what is resident there is the ledger's.
    const auto opened = settings.open_in_new_process(directory);
    if (!opened) return opened.error();
    const auto shown = show_row(directory, partners);
    if (!shown) return shown.error();
    const auto rebuilt = bench_rebuild(directory);
    if (!rebuilt) return rebuilt.error();
    const std::string of = " of " + std::to_string(partners) + " partners, 8 events each";
    BenchRow load;
    load.name = "commands, embedded," + of.substr(3);
    load.ours = *filled;
    load.limit = "as above; every partner is new";
    return std::vector<BenchRow>{
        load,
        figure_row("time to open, ledger" + of, opened->ms, "ms", 200,
                   "RocksDB's open of log and views; the write-ahead log is read again"),
        figure_row("resident after open, ledger" + of,
                   static_cast<double>(opened->resident_bytes) / (1024 * 1024), "MB", 256,
                   "libraries, write buffers, index and filter blocks"),
        *shown, *rebuilt};
}

}  // namespace ledger::bench
