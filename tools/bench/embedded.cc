#include "events/log/embedded/embedded_log.h"
#include "events/log/genesis.h"
#include "projections/rocks_rows.h"
#include "tools/bench/bench.h"
#include "tools/bench/replay.h"
#include "tools/bench/workload.h"

namespace ledger::bench {
namespace {

constexpr std::size_t kEmbeddedInFlight = 1'024;
// With 1,024 in flight one half is on its way while the other is written.
constexpr std::size_t kRawBatch = 512;

Result<std::unique_ptr<log::EmbeddedLog>> open_fresh_log(const std::string& directory) {
    auto log = log::EmbeddedLog::create(directory, 1);
    if (!log) return log;
    if (const auto made = log::ensure_genesis(**log, genesis(1)); !made) return made.error();
    return log;
}

}  // namespace

Result<std::vector<BenchRow>> bench_embedded(const BenchSettings& settings) {
    const std::string directory = settings.directory + "/embedded";
    const auto written_before = written_bytes();
    if (!written_before) return written_before.error();
    auto log = open_fresh_log(directory);
    if (!log) return log.error();
    auto rows = views::RocksRows::open(directory + "/views");
    if (!rows) return rows.error();
    Loaded loaded;
    {
        auto run = run_load(**log, **rows, settings, kEmbeddedInFlight);
        if (!run) return run.error();
        loaded = *run;
    }
    if (const auto flushed = (*rows)->flush(); !flushed) return flushed.error();
    const auto written_after = written_bytes();
    if (!written_after) return written_after.error();
    const auto records = entries_of(**log);
    if (!records) return records.error();
    double logged_bytes = 0;
    for (const Bytes& record : *records) logged_bytes += static_cast<double>(record.size());
    const std::vector<Bytes> pipelined(
        records->begin() + static_cast<std::ptrdiff_t>(loaded.first_pipelined),
        records->begin() + static_cast<std::ptrdiff_t>(loaded.first_single));
    const std::vector<Bytes> single(
        records->begin() + static_cast<std::ptrdiff_t>(loaded.first_single), records->end());
    const auto raw_batches =
        raw_rocksdb_batches(settings.directory + "/raw-batches", pipelined, kRawBatch);
    if (!raw_batches) return raw_batches.error();
    const auto raw_single = raw_rocksdb_batches(settings.directory + "/raw-single", single, 1);
    if (!raw_single) return raw_single.error();

    std::vector<BenchRow> table;
    table.push_back({"commands, embedded, 1,024 in flight",
                     loaded.pipelined,
                     "synced RocksDB batches of 512, same bytes",
                     *raw_batches,
                     Compared::throughput,
                     0.4,
                     "CPU of two cores: load, worker and projector share them",
                     {}});
    table.push_back({"commands, embedded, one at a time",
                     loaded.single,
                     "one synced RocksDB write, same bytes",
                     *raw_single,
                     Compared::p50,
                     1.6,
                     "one fsync and three thread wake-ups",
                     {}});
    auto replayed = bench_replay(**log);
    if (!replayed) return replayed.error();
    auto tried = bench_policy_try(**rows, replayed->front().ours);
    if (!tried) return tried.error();
    for (BenchRow& row : *replayed) table.push_back(std::move(row));
    table.push_back(std::move(*tried));
    table.push_back(figure_row("bytes written per byte logged, log and views",
                               (*written_after - *written_before) / logged_bytes, "bytes", 4,
                               "history, receipts and rows of partners, flushed and merged"));
    auto written = bench_written(settings, *records);
    if (!written) return written.error();
    for (BenchRow& row : *written) table.push_back(std::move(row));
    return table;
}

}  // namespace ledger::bench
