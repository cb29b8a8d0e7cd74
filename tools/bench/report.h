// What a benchmark measured, beside its raw limit in the same run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "operations_generated.h"

namespace ledger::bench {

struct Measured {
    double per_second = 0;
    double p50_ms = 0;
    double p99_ms = 0;
    double max_ms = 0;
    std::uint64_t n = 0;
};

// From the times of single operations, which it sorts.
Measured of_latencies(std::vector<double>& latencies_ms, double seconds);
// From a whole run in which single operations were not timed.
Measured of_total(std::uint64_t n, double seconds);

enum class Compared {
    throughput,  // ours / raw, more is better
    p50,         // ours / raw, less is better
};

// A number that has a bound instead of a raw limit.
struct Figure {
    double value = 0;
    std::string unit;
    double at_most = 0;
};

struct BenchRow {
    std::string name;
    Measured ours;
    std::string raw_name;
    std::optional<Measured> raw;
    Compared compared = Compared::throughput;
    double aim = 0;                // for the ratio; of rates a core: events/s
    std::string limit;             // what limits it
    std::optional<Figure> figure;  // then `ours` is empty, or what it was taken from
};

std::string to_table(const std::vector<BenchRow>& rows);
std::vector<fb::BenchLineT> to_lines(const std::vector<BenchRow>& rows);

}  // namespace ledger::bench
