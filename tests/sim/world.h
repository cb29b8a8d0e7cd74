// One run: nodes, logs and clients under one seed. First chaos, for as long as the clients have
// something to ask; then everything heals, every command is asked until it is answered for good,
// and the oracle looks.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/clients.h"
#include "tests/sim/met.h"
#include "tests/sim/plan.h"
#include "tests/sim/sim_node.h"

namespace ledger::sim {

struct RunResult {
    std::string objection;  // empty: all is well
    Met met;
    std::string plan;
    std::uint64_t steps = 0;  // of chaos
};

class World {
public:
    // The same seed and the same cuts, the same run.
    World(std::uint64_t seed, const Cuts& cuts, bool trace);
    RunResult run();

private:
    // Chaos (world_chaos.cc)
    void chaos();
    void act_on(SimNode& node, std::size_t index);
    void break_something(SimNode& node, std::size_t index);
    void crash(SimNode& node, std::size_t index);
    void while_down(SimNode& node, std::size_t index);
    bool wants_more() { return clients_.commands.size() < plan_.commands || dice_.per_mille(990); }

    // Clients (world_clients.cc)
    void client_acts();
    void ask_new();
    void ask_for_settling();
    void ask_for_receipt(std::size_t command);
    void copy_log();
    void submit(std::size_t command, std::size_t node);
    void on_answer(int node, Answered answered);
    void on_settled(std::size_t settling, const Answer& answer);
    void learn(Attempt& attempt);
    void lose_attempts(int node);
    bool has_open(const Command& command) const;
    std::size_t count_open() const;
    std::size_t any_writer() { return dice_.index(plan_.writers); }

    // The issuer of what falls due (world_issuer.cc)
    void issue_due();
    void issue_all_due();
    bool issue(const Asked& asked, std::size_t node);
    std::optional<Asked> due_of(const std::string& partner, std::size_t node);

    // Healing (world_healing.cc)
    void heal();
    bool round();
    void rounds_until(const char* what, const std::function<bool()>& done);
    void ask_everything_again();
    void close_all();
    void come_to_rest();
    void mend(SimNode& node);

    Now now_of(std::size_t node) const {
        return {time_, start_of(kFirstDay).milliseconds + time_ + skew_[node]};
    }
    void object_to(std::string what);

    Dice dice_;
    Met met_;
    Trace trace_;
    Plan plan_;
    Workload workload_;
    std::deque<SimLog> logs_;
    std::vector<Bytes> genesis_;
    SimNode::World shared_;
    std::vector<SimNode> nodes_;  // those that commands go to first
    std::vector<std::int64_t> paused_until_;
    std::vector<std::int64_t> skew_;
    Clients clients_;
    // Charges that came to no event: "partner id". A window may have closed before one was issued.
    std::set<std::string> passed_over_;
    std::int64_t time_ = 0;
    std::string objection_;
};

inline RunResult run(std::uint64_t seed, const Cuts& cuts = {}, bool trace = false) {
    return World(seed, cuts, trace).run();
}

}  // namespace ledger::sim
