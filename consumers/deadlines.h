// The issuer of what falls due: it finds it in the views, submits it in order, and goes on to the
// next day when all of a day is answered and the views have seen it. Killed anywhere it finds the
// rest again; two of them at once come to one event each, for the ids are derived and every command
// decides anew on the state it meets.
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string>

#include "consumers/due_commands.h"
#include "consumers/ledger.h"
#include "consumers/node.h"

namespace ledger {

struct IssuedCounts {
    std::uint64_t accepted = 0;
    std::uint64_t nothing = 0;  // done or moot already
    std::uint64_t refused = 0;  // found, and the rules say no: a fault of the finder, kept for show
};

class Deadlines {
public:
    // Both outlive it. One thread.
    Deadlines(const Ledger& ledger, Node& node) : ledger_(ledger), node_(node) {}

    // The earliest day, at most `through`, on which something is due.
    Result<std::optional<DueDay>> next(Date through,
                                       std::function<bool(PartitionId)> wanted = {}) const;
    // Submits them, waits until each is answered, and until the views have come to the answers.
    // Error: one came to no answer, and why; what was not done is found again.
    Result<void> issue(DueDay day);
    // Everything that is due through the day, day by day.
    Result<void> issue_through(Date day, const std::function<bool(PartitionId)>& wanted = {});

    const IssuedCounts& counts() const { return counts_; }

private:
    const Ledger& ledger_;
    Node& node_;
    std::set<std::string> refused_;  // partner 00 command id
    IssuedCounts counts_;
};

}  // namespace ledger
