#include "tests/sim/world.h"

#include "tests/sim/oracle.h"

namespace ledger::sim {
namespace {

constexpr int kEveningSteps = 400;

Plan plan_of(Dice& dice, const Cuts& cuts) {
    Plan plan = Plan::draw(dice);
    LEDGER_CHECK(plan.cut(cuts));
    for (std::uint64_t i = 0; i < cuts.dice; ++i) dice = Dice(dice.next());
    return plan;
}

}  // namespace

World::World(std::uint64_t seed, const Cuts& cuts, bool trace)
    : dice_(seed),
      trace_(trace),
      plan_(plan_of(dice_, cuts)),
      workload_(dice_, static_cast<std::uint32_t>(plan_.partitions), plan_.sandbox),
      shared_{logs_,
              genesis_,
              plan_.settings,
              dice_,
              met_,
              [this](int node, Answered answered) { on_answer(node, std::move(answered)); },
              [this](std::string what) { object_to(std::move(what)); }} {
    for (std::uint32_t i = 0; i < plan_.partitions; ++i) {
        genesis_.push_back(workload_.genesis(i));
        logs_.emplace_back(PartitionId{i}, genesis_.back(), dice_, met_, trace_);
    }
    const std::size_t nodes = plan_.writers + plan_.readers;
    for (std::size_t i = 0; i < nodes; ++i)
        nodes_.emplace_back(static_cast<int>(i), shared_, plan_.partitions);
    paused_until_.resize(nodes, 0);
    skew_.resize(nodes, 0);
    clients_.walls.resize(nodes);
    for (SimNode& node : nodes_) node.start();
}

RunResult World::run() {
    std::uint64_t steps = 0;
    for (; steps < plan_.steps && objection_.empty() && wants_more(); ++steps) chaos();
    if (objection_.empty() && dice_.per_mille(plan_.faults.evening)) {
        // The end of a day: everybody closes, and things go wrong all the same.
        plan_.faults.lose = 150;
        for (std::size_t i = 0; i < nodes_.size(); ++i)
            if (nodes_[i].up() && !nodes_[i].closing() && !nodes_[i].differs())
                nodes_[i].close(now_of(i));
        for (int i = 0; i < kEveningSteps && objection_.empty(); ++i) chaos();
    }
    if (objection_.empty()) {
        trace_.say(time_, "healing");
        heal();
    }
    if (objection_.empty()) ask_everything_again();
    if (objection_.empty()) issue_all_due();
    if (objection_.empty() && plan_.closes) close_all();
    come_to_rest();
    for (SimNode& node : nodes_)
        if (node.differs()) mend(node);
    if (objection_.empty())
        objection_ = contradiction_in(operations_of(clients_), entries_of(logs_));
    if (objection_.empty()) objection_ = object({logs_, genesis_, nodes_, clients_, plan_.sandbox});
    return {objection_, met_, plan_.text(), steps};
}

void World::object_to(std::string what) {
    trace_.say(time_, "OBJECTION " + what);
    if (objection_.empty()) objection_ = std::move(what);
}

}  // namespace ledger::sim
