// The history of a run as its clients saw it, against the log that came of it. It knows nothing of
// writers, terms or rules: what was asked and answered, in which order, and which entries stand in
// the end.
//   lost           accepted, and stands nowhere
//   doubled        one command stands twice, or a version or seq is not the next one
//   phantom        an entry that nobody asked for, or whose every attempt was answered *failed*
//   reordered      what was asked for after an answer stands before what that answer told of
//   stale          refused or *nothing* on an older version than an earlier answer had told of
//   contradicting  two answers to one command that can't both be true
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "aggregates/answer.h"

namespace ledger::sim {

struct CommandName {
    PartitionId partition{};
    std::string partner;  // empty: the ledger itself
    std::string id;

    auto operator<=>(const CommandName&) const = default;
};

// One question and its answer; a receipt that was found counts as *accepted*. Moments are numbers
// of what clients did and heard, in one order.
struct Operation {
    CommandName command;
    Id128 fingerprint;
    std::uint64_t asked_at = 0;
    std::uint64_t answered_at = 0;  // 0: no answer came
    Answer answer;
};

struct LogEntry {
    CommandName command;
    Id128 fingerprint;
    Position position{};
    std::uint64_t seq = 0;
    std::uint64_t version = 0;
};

// The first thing that can't be; empty when there is none. Entries in the order of each partition.
std::string contradiction_in(const std::vector<Operation>& operations,
                             const std::vector<LogEntry>& log);

}  // namespace ledger::sim
