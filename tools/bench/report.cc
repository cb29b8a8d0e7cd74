#include "tools/bench/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace ledger::bench {
namespace {

double at(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    return sorted[index];
}

std::string rate(double per_second) {
    if (per_second >= 1e6) return fmt::format("{:.2f} M/s", per_second / 1e6);
    if (per_second >= 1e3) return fmt::format("{:.1f} k/s", per_second / 1e3);
    return fmt::format("{:.0f} /s", per_second);
}

std::string times(const Measured& measured) {
    if (measured.max_ms == 0) return "-";
    return fmt::format("{:.3f} / {:.3f} / {:.1f}", measured.p50_ms, measured.p99_ms,
                       measured.max_ms);
}

double ratio(const BenchRow& row) {
    if (row.figure) return row.figure->value;
    if (!row.raw) return row.ours.per_second;
    return row.compared == Compared::p50 ? row.ours.p50_ms / row.raw->p50_ms
                                         : row.ours.per_second / row.raw->per_second;
}

bool has_aim(const BenchRow& row) { return row.aim != 0 || row.figure; }

bool reached(const BenchRow& row) {
    if (row.figure) return row.figure->value <= row.figure->at_most;
    return row.compared == Compared::p50 ? ratio(row) <= row.aim : ratio(row) >= row.aim;
}

std::string aim(const BenchRow& row) {
    if (row.figure) return fmt::format("<= {:.3g} {}", row.figure->at_most, row.figure->unit);
    if (row.aim == 0) return "";
    if (!row.raw) return ">= " + rate(row.aim);
    return fmt::format("{} {:.1f}x", row.compared == Compared::p50 ? "p50 <=" : ">=", row.aim);
}

std::string shown(const Figure& figure) {
    return fmt::format("{:.3g} {}", figure.value, figure.unit);
}

std::uint64_t rounded(double value) { return static_cast<std::uint64_t>(std::llround(value)); }

std::unique_ptr<fb::BenchRateT> rate_of(const Measured& measured) {
    constexpr double kNsInMs = 1e6;
    auto rate = std::make_unique<fb::BenchRateT>();
    rate->per_second = rounded(measured.per_second);
    rate->n = measured.n;
    if (measured.max_ms == 0) return rate;
    rate->p50_ns = rounded(measured.p50_ms * kNsInMs);
    rate->p99_ns = rounded(measured.p99_ms * kNsInMs);
    rate->max_ns = rounded(measured.max_ms * kNsInMs);
    return rate;
}

}  // namespace

Measured of_latencies(std::vector<double>& latencies_ms, double seconds) {
    std::sort(latencies_ms.begin(), latencies_ms.end());
    Measured measured = of_total(latencies_ms.size(), seconds);
    measured.p50_ms = at(latencies_ms, 0.5);
    measured.p99_ms = at(latencies_ms, 0.99);
    measured.max_ms = latencies_ms.empty() ? 0 : latencies_ms.back();
    return measured;
}

Measured of_total(std::uint64_t n, double seconds) {
    Measured measured;
    measured.n = n;
    measured.per_second = static_cast<double>(n) / seconds;
    return measured;
}

std::string to_table(const std::vector<BenchRow>& rows) {
    std::string text = fmt::format("{:<44} {:>10} {:>26} {:>10}   {:>7} {:>12}\n", "", "rate",
                                   "p50 / p99 / max ms", "n", "ratio", "aim");
    for (const BenchRow& row : rows) {
        const std::string compared = row.figure ? shown(*row.figure)
                                     : row.raw  ? fmt::format("{:.2f}x", ratio(row))
                                                : rate(ratio(row));
        text += fmt::format("{:<44} {:>10} {:>26} {:>10}   {:>7} {:>12} {}\n", row.name,
                            row.figure ? "" : rate(row.ours.per_second), times(row.ours),
                            row.ours.n, compared, aim(row),
                            !has_aim(row)  ? ""
                            : reached(row) ? "reached"
                                           : "NOT reached");
        if (row.raw)
            text += fmt::format("  raw: {:<39} {:>10} {:>26} {:>10}\n", row.raw_name,
                                rate(row.raw->per_second), times(*row.raw), row.raw->n);
        text += fmt::format("  limit: {}\n", row.limit);
    }
    return text;
}

std::vector<fb::BenchLineT> to_lines(const std::vector<BenchRow>& rows) {
    std::vector<fb::BenchLineT> lines;
    lines.reserve(rows.size());
    for (const BenchRow& row : rows) {
        fb::BenchLineT& line = lines.emplace_back();
        line.name = row.name;
        line.ours = rate_of(row.ours);
        line.raw_name = row.raw_name;
        if (row.raw) line.raw = rate_of(*row.raw);
        if (row.raw) line.ratio_percent = rounded(ratio(row) * 100);
        if (row.figure) line.figure = shown(*row.figure);
        line.aim = aim(row);
        if (has_aim(row)) line.reached = reached(row);
        line.limit = row.limit;
    }
    return lines;
}

}  // namespace ledger::bench
