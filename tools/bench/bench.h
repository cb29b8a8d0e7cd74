// The benchmark: the ledger beside the raw limits of what it stands on, in the same run on the same
// machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "events/bytes.h"
#include "events/result.h"
#include "tools/bench/report.h"

namespace ledger::bench {

struct BenchSettings {
    std::uint64_t commands = 300'000;     // of a pipelined row
    std::uint64_t one_at_a_time = 2'000;  // of a latency row
    std::uint32_t partners = 1'000;
    std::string brokers;    // empty: no Kafka rows
    std::string directory;  // on the disk to be measured; emptied by the caller
};

// Rows of the embedded log: 1,024 in flight and one at a time, beside synced RocksDB batches of the
// same bytes; replay beside a bare scan of the log and SHA-256 of the same bytes.
Result<std::vector<BenchRow>> bench_embedded(const BenchSettings& settings);

// Rows of one Kafka partition: 4,096 in flight and one at a time, beside produce and read back with
// bare librdkafka.
Result<std::vector<BenchRow>> bench_kafka(const BenchSettings& settings);

// Raw limits (raw_kafka.cc, raw_rocksdb.cc). `records` are the very bytes that the ledger wrote.
Result<Measured> raw_rocksdb_batches(const std::string& directory,
                                     const std::vector<Bytes>& records, std::size_t batch);
Result<Measured> raw_kafka_round_trip(const std::string& brokers, const std::string& topic,
                                      const std::vector<Bytes>& records, std::size_t in_flight);

}  // namespace ledger::bench
