// Chaos: whatever can go wrong does, and the clients ask on.
#include "tests/sim/world.h"

namespace ledger::sim {

void World::chaos() {
    time_ += static_cast<std::int64_t>(dice_.between(0, plan_.step_ms));
    const std::uint64_t what = dice_.between(0, 99);
    if (what < 25) {
        SimLog& log = logs_[dice_.index(logs_.size())];
        for (std::uint64_t burst = dice_.between(1, 6); burst > 0; --burst)
            log.land(plan_.faults, time_);
    } else if (what < 33) {
        logs_[dice_.index(logs_.size())].answer(plan_.faults);
    } else if (what < 45) {
        client_acts();
    } else {
        const std::size_t index = dice_.index(nodes_.size());
        SimNode& node = nodes_[index];
        break_something(node, index);
        if (node.up() && time_ >= paused_until_[index]) act_on(node, index);
    }
}

void World::act_on(SimNode& node, std::size_t index) {
    const std::uint64_t what = dice_.between(0, 99);
    if (what < 35)
        node.read(now_of(index), dice_.between(1, 12));
    else if (what < 50)
        node.project(dice_.between(1, 4));
    else if (what < 65)
        node.take_notices(now_of(index));
    else {
        clients_.walls[index].push_back(now_of(index).wall_ms);
        node.step(now_of(index));
    }
    const bool gives_up = node.closing() && dice_.per_mille(5);
    if (gives_up) node.give_up();
    if (gives_up || (node.closing() && node.closed())) {
        lose_attempts(static_cast<int>(index));
        node.end();
    }
}

void World::break_something(SimNode& node, std::size_t index) {
    const Faults& faults = plan_.faults;
    // The other partitions go on until somebody sees to it.
    if (node.stopped() && dice_.per_mille(200)) node.throw_views_away();
    if (!node.up()) return while_down(node, index);
    if (dice_.per_mille(faults.flush)) {
        node.flush();
        if (dice_.per_mille(faults.older_views) && !node.differs()) node.keep_copy();
    }
    if (dice_.per_mille(20)) node.keep_sink();
    if (dice_.per_mille(faults.release)) {
        ++met_.releases;
        node.release(PartitionId{static_cast<std::uint32_t>(dice_.index(logs_.size()))});
    }
    if (dice_.per_mille(faults.pause)) {
        ++met_.pauses;
        paused_until_[index] = time_ + static_cast<std::int64_t>(dice_.between(10, 2'000));
    }
    if (dice_.per_mille(faults.clock_jump)) {
        ++met_.clock_jumps;
        const std::int64_t most = dice_.per_mille(250) ? 12 * 86'400'000LL : 30'000;
        skew_[index] +=
            static_cast<std::int64_t>(dice_.between(0, static_cast<std::uint64_t>(2 * most))) -
            most;
    }
    // Nobody takes what a node says for true that differs from the writer; it ends by itself.
    if (node.differs()) return;
    if (index >= plan_.writers && !node.closing() && dice_.per_mille(faults.differ) &&
        node.differ())
        return trace_.say(time_, "node " + std::to_string(index) + " is made to differ");
    if (dice_.per_mille(faults.close) && !node.closing()) node.close(now_of(index));
    if (dice_.per_mille(faults.crash)) crash(node, index);
}

void World::crash(SimNode& node, std::size_t index) {
    trace_.say(time_, "node " + std::to_string(index) + " crashes");
    lose_attempts(static_cast<int>(index));
    node.crash(dice_.per_mille(plan_.faults.torn));
    if (dice_.per_mille(plan_.faults.older_views) && node.put_copy_back()) ++met_.older_views;
}

void World::while_down(SimNode& node, std::size_t index) {
    if (node.rebuilding()) {
        node.rebuild(dice_.between(1, 40));
        if (node.rebuilding() && dice_.per_mille(10 * plan_.faults.crash)) {
            ++met_.rebuilds_killed;
            node.kill_rebuild();
        }
    } else if (dice_.per_mille(plan_.faults.rebuild)) {
        trace_.say(time_, "node " + std::to_string(index) + " makes its views afresh");
        node.begin_rebuild();
    } else if (dice_.per_mille(50)) {
        trace_.say(time_, "node " + std::to_string(index) + " starts");
        node.start();
    }
}

}  // namespace ledger::sim
