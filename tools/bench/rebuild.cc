// All views made anew from the log.
#include <chrono>
#include <filesystem>

#include "consumers/rebuild.h"
#include "projections/generations.h"
#include "tools/bench/bench.h"

namespace ledger::bench {

// Without a comparison: there are no old views.
Result<BenchRow> bench_rebuild(const std::string& directory) {
    std::error_code failed;
    std::filesystem::remove_all(views::views_in(directory), failed);
    if (failed) return error("the views of the benchmark can't be removed: " + failed.message());
    LedgerPlace place;
    place.directory = directory;
    auto ledger = open_log_only(place);
    if (!ledger) return ledger.error();
    const auto began = std::chrono::steady_clock::now();
    const auto rebuilt = rebuild_views(*ledger);
    if (!rebuilt) return rebuilt.error();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    BenchRow row;
    row.name = "rebuild of all views of " + std::to_string(rebuilt->partners) + " partners";
    row.ours = of_total(rebuilt->entries, took.count());
    row.aim = 1e6;
    row.limit = "one core: judging, sorting and writing each history row, folding each partner";
    return row;
}

}  // namespace ledger::bench
