#include <rocksdb/db.h>

#include <chrono>

#include "tools/bench/bench.h"

namespace ledger::bench {

Result<Measured> raw_rocksdb_batches(const std::string& directory,
                                     const std::vector<Bytes>& records, std::size_t batch) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.error_if_exists = true;
    options.write_buffer_size = 256 * 1024 * 1024;
    rocksdb::DB* raw = nullptr;
    const auto opened = rocksdb::DB::Open(options, directory, &raw);
    if (!opened.ok())
        return error("the raw RocksDB of the benchmark can't be opened: " + opened.ToString());
    const std::unique_ptr<rocksdb::DB> db(raw);
    rocksdb::WriteOptions synced;
    synced.sync = true;
    std::vector<double> latencies;
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t at = 0; at < records.size(); at += batch) {
        const auto sent = std::chrono::steady_clock::now();
        rocksdb::WriteBatch writes;
        for (std::size_t i = at; i < std::min(at + batch, records.size()); ++i) {
            std::string key;
            put_big_endian(key, static_cast<std::uint64_t>(i));
            const auto status = writes.Put(
                key, {reinterpret_cast<const char*>(records[i].data()), records[i].size()});
            if (!status.ok())
                return error("the raw RocksDB of the benchmark failed: " + status.ToString());
        }
        const auto status = db->Write(synced, &writes);
        if (!status.ok())
            return error("the raw RocksDB of the benchmark failed: " + status.ToString());
        latencies.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - sent)
                .count());
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    Measured measured = of_latencies(latencies, seconds);
    measured.n = records.size();
    measured.per_second = static_cast<double>(records.size()) / seconds;
    return measured;
}

}  // namespace ledger::bench
