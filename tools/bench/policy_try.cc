#include "consumers/try_policy.h"

#include <chrono>

#include "projections/answers/ledger_then.h"
#include "tools/bench/bench.h"

namespace ledger::bench {

Result<BenchRow> bench_policy_try(const views::Rows& rows, const Measured& replay) {
    const auto snapshot = rows.snapshot();
    const auto ledger = answers::ledger_then(*snapshot, PartitionId{0});
    if (!ledger) return ledger.error();
    const auto began = std::chrono::steady_clock::now();
    const auto tried = try_policy(*snapshot, 1, ledger->policies.front(),
                                  [](const TriedEntry&) { return true; }, {}, {});
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (!tried) return tried.error();
    if (tried->same != tried->entries())
        return error("a policy that is in force changed the history of the benchmark");
    return BenchRow{"policy try: scan by partner, decode, command, decide, compare, evolve",
                    of_total(tried->entries(), seconds),
                    "replay of the same entries",
                    replay,
                    Compared::throughput,
                    0.5,
                    "a row's bytes copied and verified, a command built, one decision, its event "
                    "packed",
                    {}};
}

}  // namespace ledger::bench
