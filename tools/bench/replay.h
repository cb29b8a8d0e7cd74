// Steps that the rows of both logs share: load through a node, the entries that came of it, and
// replay.
#pragma once

#include "events/log/log.h"
#include "projections/rows.h"
#include "tools/bench/bench.h"

namespace ledger::bench {

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
