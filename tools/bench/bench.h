// The benchmark: the ledger beside the raw limits of what it stands on, in the same run on the same
// machine.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "events/bytes.h"
#include "events/result.h"
#include "projections/rows.h"
#include "tools/bench/report.h"

namespace ledger::bench {

// What opening a ledger cost a new process.
struct Opened {
    double ms = 0;
    std::uint64_t resident_bytes = 0;
};
Result<Opened> open_once(const std::string& directory);

struct BenchSettings {
    std::uint64_t commands = 300'000;     // of a pipelined row
    std::uint64_t one_at_a_time = 2'000;  // of a latency row
    std::uint32_t partners = 1'000;
    std::string brokers;    // empty: no Kafka rows
    std::string directory;  // on the disk to be measured; emptied by the caller
    std::uint32_t large_partners = 100'000;
    std::uint32_t jump_partners = 10'000;
    std::uint32_t listed_partners = 1'000'000;
    std::uint64_t written_rounds = 4;  // how often the load's records are logged again
    // Opens a ledger of the benchmark in a new process (open_once) and tells what that cost.
    std::function<Result<Opened>(const std::string& directory)> open_in_new_process;
};

// Rows of the embedded log: 1,024 in flight and one at a time, beside synced RocksDB batches of the
// same bytes; replay beside a bare scan of the log and SHA-256 of the same bytes.
Result<std::vector<BenchRow>> bench_embedded(const BenchSettings& settings);

// Many partners: load, time to open, resident memory, a look at one of them.
Result<std::vector<BenchRow>> bench_large(const BenchSettings& settings);
// The views of that ledger made anew.
Result<BenchRow> bench_rebuild(const std::string& directory);
// A command and a look at a partner with ten times the history.
Result<std::vector<BenchRow>> bench_growth(const BenchSettings& settings);
// What the ledger does by itself in three years; of each partner one order, which nobody renews.
Result<BenchRow> bench_jump(const BenchSettings& settings);
// A page of each list over all partners.
Result<std::vector<BenchRow>> bench_lists(const BenchSettings& settings);
// Bytes written for each byte logged, by the log alone. `records` are those that the ledger wrote.
Result<std::vector<BenchRow>> bench_written(const BenchSettings& settings,
                                            const std::vector<Bytes>& records);
// How many bytes this process has sent to the disk.
Result<double> written_bytes();
BenchRow figure_row(std::string name, double value, std::string unit, double at_most,
                    std::string limit);

// Rows of one Kafka partition: 4,096 in flight and one at a time, beside produce and read back with
// bare librdkafka.
Result<std::vector<BenchRow>> bench_kafka(const BenchSettings& settings);

// Every entry's command decided once more under the policy that it was decided under, beside
// `replay` of the same entries. `rows` are views of a ledger with one partition.
Result<BenchRow> bench_policy_try(const views::Rows& rows, const Measured& replay);

// Raw limits (raw_kafka.cc, raw_rocksdb.cc). `records` are the very bytes that the ledger wrote.
Result<Measured> raw_rocksdb_batches(const std::string& directory,
                                     const std::vector<Bytes>& records, std::size_t batch);
Result<Measured> raw_kafka_round_trip(const std::string& brokers, const std::string& topic,
                                      const std::vector<Bytes>& records, std::size_t in_flight);

}  // namespace ledger::bench
