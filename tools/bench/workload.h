// What the benchmarks put through a ledger: partners set up with an Action Pack and two users, then
// one seat of each moved to and fro. Every command is accepted, and its entry is of ordinary size.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "consumers/node.h"

namespace ledger::bench {

std::string partner_id(std::uint32_t partner);

// The commands that set up one partner, in order.
std::vector<Bytes> set_up(std::uint32_t partner);

// The n-th move of a partner's seat, n from 0.
Bytes move_seat(std::uint32_t partner, std::uint64_t n);

// A genesis for a ledger of the benchmark: a sandbox that stands at 2020-09-01, where seats move at
// any time.
fb::GenesisT genesis(std::uint32_t partitions);

// Submits commands, keeping `in_flight` of them open, until `next` gives an empty one; milliseconds
// each took. Error: a command was not accepted.
struct Run {
    std::vector<double> latencies_ms;
    double seconds = 0;
};
Result<Run> drive(Node& node, std::size_t in_flight, const std::function<Bytes()>& next);

}  // namespace ledger::bench
