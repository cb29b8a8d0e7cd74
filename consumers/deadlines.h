// The issuer of what falls due: it finds it in the views, submits it in order, and goes on to the
// next day when all of a day is answered and the views have seen it. Killed anywhere it finds the
// rest again; two of them at once come to one event each, for the ids are derived and every command
// decides anew on the state it meets.
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <span>
#include <string>

#include "consumers/due_commands.h"
#include "consumers/node.h"

namespace ledger {

// It was told to stop: what was done stays, the rest is found again.
inline constexpr ErrorCode kDeadlinesStopped{"deadlines.stopped"};

struct DeadlinesSettings {
    // For the answers of what is out at a time; beyond the node's own patience, which says more.
    std::chrono::milliseconds patience{40'000};
    // Asked before more is submitted. False: it is to stop.
    std::function<bool()> goes_on = {};
};

class Deadlines {
public:
    // Rows and node outlive it. One thread, which is not the node's.
    Deadlines(const views::Rows& rows, Node& node, DeadlinesSettings settings = {})
        : rows_(rows), node_(node), settings_(std::move(settings)) {}

    // The earliest day, at most `through`, on which something is due, as the views have it.
    Result<std::optional<DueDay>> next(Date through,
                                       std::function<bool(PartitionId)> wanted = {}) const;
    // Submits them, waits until each is answered, and until the views have come to the answers.
    // Error: one came to no answer, and why; what was not done is found again.
    Result<void> issue(const DueDay& day);
    // Everything that is due through the day, day by day.
    Result<void> issue_through(Date day, const std::function<bool(PartitionId)>& wanted = {});

private:
    using Commands = std::span<const DueCommand>;

    Result<void> issue_at_once(Date on, Commands commands);

    const views::Rows& rows_;
    Node& node_;
    const DeadlinesSettings settings_;
    // Commands that came to no event though they were found: partner, 00, id. Others did it, or the
    // rules refuse it and it stands among the refusals; this issuer tries it once.
    std::set<std::string> passed_over_;
};

}  // namespace ledger
