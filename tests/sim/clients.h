// What the clients of a run asked, of whom, when, and what they were told: all
// that the oracle judges the answers on.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "aggregates/answer.h"
#include "state_generated.h"
#include "tests/sim/history.h"
#include "tests/sim/sim_log.h"
#include "tests/sim/workload.h"

namespace ledger::sim {

// One hand-over of a command to a node.
struct Attempt {
    std::size_t command = 0;
    int node = 0;
    std::uint64_t asked_at = 0;  // a number of what clients did and heard
    std::uint64_t answered_at = 0;
    Position end_at_submit{};  // of the log
    Position end_at_answer{};
    std::size_t steps_at_answer = 0;  // of the node: what its wall clock said until then
    bool lost = false;                // the node died with it
    std::optional<Answer> answer;

    bool open() const { return !lost && !answer; }
};

struct Command {
    Asked asked;
    std::vector<std::size_t> attempts;
    bool takes_failed_for_an_end = false;  // the client doesn't come again after `failed`
    bool settled = false;                  // the client knows what became of it
};

// A request to settle a partition.
struct Settling {
    PartitionId partition{};
    int node = 0;
    Position end_at_request{};
    std::vector<bool> alive;   // by command: somebody was still at work on it
    std::size_t attempts = 0;  // made before the request
    bool lost = false;
    std::optional<Answer> answer;
};

// A look at a node's receipts.
struct ReceiptSeen {
    std::size_t command = 0;
    int node = 0;
    std::uint64_t moment = 0;
    Position view_next{};  // where the node's views stood
    std::optional<fb::Receipt> receipt;
};

struct Clients {
    std::vector<Command> commands;
    std::vector<Attempt> attempts;
    std::vector<Settling> settlings;
    std::vector<ReceiptSeen> receipts;
    std::uint64_t moment = 0;  // the last
    // What each node's wall clock said at each of its steps.
    std::vector<std::vector<std::int64_t>> walls;
};

// What the clients went through, and what stands in the log, as history.h wants
// it.
std::vector<Operation> operations_of(const Clients& clients);
std::vector<LogEntry> entries_of(const std::deque<SimLog>& logs);

inline bool is_final(Outcome outcome) {
    return outcome == Outcome::accepted || outcome == Outcome::nothing ||
           outcome == Outcome::refused;
}

}  // namespace ledger::sim
