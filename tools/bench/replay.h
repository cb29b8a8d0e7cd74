// Steps that the rows of both logs share: load through a node, the entries that came of it, and
// replay.
#pragma once

#include "consumers/node.h"
#include "events/log/log.h"
#include "projections/rows.h"
#include "tools/bench/bench.h"

namespace ledger::bench {

class SystemRandom : public Random {
public:
    Id128 fresh_id() override;
    std::uint64_t between(std::uint64_t low, std::uint64_t high) override;
};
// A node with what it stands on besides log and rows.
struct BenchNode {
    SystemRandom random;
    std::unique_ptr<Node> node;
};
// `log` and `rows` outlive it. One partition.
Result<std::unique_ptr<BenchNode>> start_bench_node(log::Log& log, views::Rows& rows);

struct Loaded {
    Measured pipelined;
    Measured single;
    std::size_t first_pipelined = 0;  // index of its first entry in the log
    std::size_t first_single = 0;
};

// Sets partners up, then moves seats: pipelined, then one at a time.
Result<Loaded> run_load(log::Log& log, views::Rows& rows, const BenchSettings& settings,
                        std::size_t in_flight);

// Every valid entry's bytes, in the order of seq, of a log with one partition.
Result<std::vector<Bytes>> entries_of(log::Log& log);

// Decode, verify, judge with tree and evolve, on one core, beside a bare scan and SHA-256 of the
// same bytes.
Result<std::vector<BenchRow>> bench_replay(log::Log& log);

}  // namespace ledger::bench
