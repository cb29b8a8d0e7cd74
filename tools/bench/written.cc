// Bytes that reach the disk for a byte logged, by the kernel's own count.
#include <fstream>

#include "events/log/embedded/embedded_log.h"
#include "events/log/genesis.h"
#include "tools/bench/bench.h"
#include "tools/bench/workload.h"

namespace ledger::bench {
namespace {

constexpr std::size_t kBatch = 512;

}  // namespace

// Page cache that was never written back doesn't count.
Result<double> written_bytes() {
    std::ifstream io("/proc/self/io");
    std::string name;
    double value = 0;
    while (io >> name >> value)
        if (name == "write_bytes:") return value;
    return error("/proc/self/io can't be read: this needs Linux");
}

BenchRow figure_row(std::string name, double value, std::string unit, double at_most,
                    std::string limit) {
    BenchRow row;
    row.name = std::move(name);
    row.limit = std::move(limit);
    row.figure = Figure{value, std::move(unit), at_most};
    return row;
}

Result<std::vector<BenchRow>> bench_written(const BenchSettings& settings,
                                            const std::vector<Bytes>& records) {
    double logged = 0;
    const auto before = written_bytes();
    if (!before) return before.error();
    {
        auto log = log::EmbeddedLog::create(settings.directory + "/written", 1);
        if (!log) return log.error();
        for (std::uint64_t round = 0; round < settings.written_rounds; ++round)
            for (std::size_t at = 0; at < records.size(); at += kBatch) {
                const std::span batch(records.data() + at, std::min(kBatch, records.size() - at));
                for (const Bytes& record : batch) logged += static_cast<double>(record.size());
                if (const auto appended = (*log)->append(PartitionId{0}, batch); !appended)
                    return appended.error();
            }
    }
    const auto after_log = written_bytes();
    if (!after_log) return after_log.error();
    return std::vector<BenchRow>{figure_row(
        "bytes written per byte logged, the log alone", (*after_log - *before) / logged, "bytes",
        1.3, "the write-ahead log, and once more, compressed, in a sorted file")};
}

}  // namespace ledger::bench
