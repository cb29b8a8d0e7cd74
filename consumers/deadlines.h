// The issuer of what falls due: it finds it in the views, submits it in order, and goes on to the
// next day when all of a day is answered. The views may be behind by then, but never behind what it
// reads in them: of a partner no further command is made before they have seen its last. Killed anywhere it finds the
// rest again; two of them at once come to one event each, for the ids are derived and every command
// decides anew on the state it meets.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "consumers/due_agenda.h"
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
        : rows_(rows), node_(node), agenda_(node.partitions()), settings_(std::move(settings)) {}

    // The earliest day, at most `through`, on which something is due, as the views have it; they
    // have seen all that was issued when there is nothing.
    // Commands that came to no event though they were found are not found again: others did it, or
    // the rules refuse it and it stands among the refusals.
    Result<std::optional<DueDay>> next(Date through, std::function<bool(PartitionId)> wanted = {});
    // Submits them, right behind what is to go before them, and waits until each is answered.
    // Error: one came to no answer, and why; what was not done is found again.
    Result<void> issue(const DueDay& day, std::vector<Node::Handed> before = {});
    // Everything that is due through the day, day by day.
    Result<void> issue_through(Date day, const std::function<bool(PartitionId)>& wanted = {});
    // Waits until the views have seen all that was issued.
    Result<void> see();
    // What came to no event is tried again.
    void look_anew() { agenda_.look_anew(); }

    // That its commands have come to.
    std::uint64_t events() const { return events_; }

private:
    using Commands = std::span<const DueCommand>;

    // What the views were not yet asked for.
    struct Unseen {
        std::map<PartitionId, Position> next;  // behind the answers
        Date due;                              // the first day on which one of the partners is due
    };

    Result<void> issue_at_once(Date on, Commands commands, std::vector<Node::Handed> before);
    void note(Date on, Commands commands, const std::vector<Answer>& answers);

    const views::Rows& rows_;
    Node& node_;
    DueAgenda agenda_;
    const DeadlinesSettings settings_;
    std::optional<Unseen> unseen_;
    std::uint64_t events_ = 0;
};

}  // namespace ledger
