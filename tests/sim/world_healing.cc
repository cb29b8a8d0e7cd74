// Healing: nothing goes wrong any more, and everything that was asked for comes to its end.
#include <algorithm>
#include <limits>

#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

// A run that hasn't healed after so many rounds never will.
constexpr int kHealingRoundsMax = 20'000;
constexpr std::size_t kRecordsAtOnce = 1'000;

}  // namespace

// One turn for everybody, without faults. False: nothing happened.
bool World::round() {
    bool any = false;
    const Faults none;
    for (SimLog& log : logs_) {
        while (log.land(none, time_)) any = true;
        while (log.answer(none)) any = true;
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        SimNode& node = nodes_[i];
        any |= node.take_notices(now_of(i));
        any |= node.read(now_of(i), kRecordsAtOnce);
        if (node.stopped()) {
            const bool closes = node.closing();
            mend(node);
            if (closes) node.close(now_of(i));
        }
        any |= node.project(kRecordsAtOnce);
        clients_.walls[i].push_back(now_of(i).wall_ms);
        any |= node.step(now_of(i));
    }
    return any;
}

void World::rounds_until(const char* what, const std::function<bool()>& done) {
    for (int i = 0; objection_.empty() && !done(); ++i) {
        if (i >= kHealingRoundsMax)
            return object_to(std::string("not done in time after healing: ") + what);
        if (round()) {
            time_ += plan_.step_ms;
            continue;
        }
        std::int64_t wake = std::numeric_limits<std::int64_t>::max();
        for (const SimNode& node : nodes_) wake = std::min(wake, node.wake_at_ms());
        if (done()) return;
        if (wake == std::numeric_limits<std::int64_t>::max())
            return object_to(std::string("nobody has anything to do, and yet it is not done: ") +
                             what);
        time_ = std::max(time_ + 1, wake);
    }
}

void World::heal() {
    if (dice_.per_mille(plan_.faults.end_hole))
        for (SimLog& log : logs_) log.leave_hole();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        paused_until_[i] = 0;
        while (nodes_[i].rebuilding() && objection_.empty()) nodes_[i].rebuild(kRecordsAtOnce);
        if (nodes_[i].stopped()) mend(nodes_[i]);
        if (!nodes_[i].up()) nodes_[i].start();
    }
    // A node that is closing comes to its end, and another one takes its place.
    rounds_until("every node that closes is closed", [&] {
        return std::all_of(nodes_.begin(), nodes_.end(),
                           [](const SimNode& node) { return !node.closing() || node.closed(); });
    });
    for (auto node = nodes_.begin(); objection_.empty() && node != nodes_.end(); ++node)
        if (node->closing()) {
            node->end();
            node->start();
        }
    rounds_until("every command has an answer", [this] {
        bool all = true;
        for (std::size_t i = 0; i < clients_.commands.size(); ++i) {
            if (clients_.commands[i].settled) continue;
            all = false;
            if (!has_open(clients_.commands[i])) submit(i, any_writer());
        }
        return all;
    });
    rounds_until("every node is idle", [this] {
        return std::all_of(nodes_.begin(), nodes_.end(),
                           [](const SimNode& node) { return node.idle(); });
    });
}

// What the operator of a node that differs does.
void World::mend(SimNode& node) {
    node.throw_views_away();
    while (node.rebuilding() && objection_.empty()) node.rebuild(kRecordsAtOnce);
    node.start();
    node.read({}, kRecordsAtOnce);
    node.project(kRecordsAtOnce);
}

void World::ask_everything_again() {
    const std::size_t before = clients_.attempts.size();
    for (std::size_t i = 0; i < clients_.commands.size(); ++i) submit(i, any_writer());
    rounds_until("everything is answered again", [&] {
        for (std::size_t i = before; i < clients_.attempts.size(); ++i) {
            Attempt& attempt = clients_.attempts[i];
            if (attempt.open()) return false;
            const bool came_to_nothing = attempt.answer->outcome == Outcome::failed;
            if (came_to_nothing && clients_.commands[attempt.command].attempts.back() == i) {
                submit(attempt.command, any_writer());
                return false;
            }
        }
        return std::all_of(nodes_.begin(), nodes_.end(),
                           [](const SimNode& node) { return node.idle(); });
    });
}

void World::close_all() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) nodes_[i].close(now_of(i));
    rounds_until("every node is closed", [this] {
        return std::all_of(nodes_.begin(), nodes_.end(),
                           [](const SimNode& node) { return node.closed(); });
    });
}

// Everybody reads to the end.
void World::come_to_rest() {
    for (int i = 0; i < kHealingRoundsMax && objection_.empty() && round(); ++i) ++time_;
}

}  // namespace ledger::sim
