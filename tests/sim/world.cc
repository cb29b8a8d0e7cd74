#include "tests/sim/world.h"

#include <algorithm>
#include <unordered_map>

#include "tests/sim/oracle.h"

namespace ledger::sim {
namespace {

// Chaos goes on until the clients have asked all they want to, or no longer than this.
constexpr int kChaosStepsMax = 60'000;
constexpr int kEveningSteps = 400;
// A run that hasn't healed after so many rounds never will.
constexpr int kHealingRoundsMax = 20'000;
constexpr std::uint64_t kSettleTickets = std::uint64_t{1} << 40;

struct Plan {
    std::uint32_t partitions = 1;
    std::size_t nodes = 1;
    bool sandbox = true;
    std::size_t commands = 0;   // to be asked in all
    std::size_t open_max = 1;   // at once
    std::uint64_t step_ms = 1;  // at most, of time
    std::uint64_t ask_again =
        0;                // per thousand, of a command that is still open, or answered already
    bool closes = false;  // the nodes are closed in the end
    Faults faults;
    WriterSettings settings;

    static Plan draw(Dice& dice) {
        Plan plan;
        plan.partitions = dice.per_mille(250) ? 2 : 1;
        plan.nodes = dice.between(1, 3);
        plan.sandbox = dice.per_mille(700);
        plan.commands = dice.between(80, 400);
        plan.open_max = dice.between(1, 24);
        plan.step_ms = dice.per_mille(500) ? 3 : 30;
        plan.ask_again = dice.between(0, 3);
        plan.closes = dice.per_mille(500);
        plan.faults = Faults::draw(dice);
        plan.settings.in_flight_max_entries = static_cast<std::uint32_t>(dice.between(1, 12));
        plan.settings.checkpoint_every_entries =
            plan.settings.in_flight_max_entries + static_cast<std::uint32_t>(dice.between(1, 8));
        plan.settings.queue_max_commands = dice.per_mille(200) ? 4 : 64;
        plan.settings.hot_partners_max = dice.between(1, 4);
        plan.settings.tenure_min_ms = 50 * plan.step_ms * dice.between(1, 20);
        plan.settings.tenure_max_ms = 3 * plan.settings.tenure_min_ms;
        plan.settings.tenure_round_trips = dice.between(0, 4);
        plan.settings.read_back_patience_ms = dice.per_mille(500) ? 300 : 3'000;
        plan.settings.silence_ms = 500;
        return plan;
    }
};

class World {
public:
    World(std::uint64_t seed, bool trace)
        : dice_(seed),
          trace_(trace),
          plan_(Plan::draw(dice_)),
          workload_(dice_, plan_.partitions, plan_.sandbox),
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
        for (std::size_t i = 0; i < plan_.nodes; ++i)
            nodes_.emplace_back(static_cast<int>(i), shared_);
        paused_until_.resize(plan_.nodes, 0);
        skew_.resize(plan_.nodes, 0);
        clients_.walls.resize(plan_.nodes);
        for (SimNode& node : nodes_) node.start();
    }

    RunResult run() {
        for (int i = 0; i < kChaosStepsMax && objection_.empty() && wants_more(); ++i) chaos();
        if (dice_.per_mille(300)) {
            // The end of a day: everybody closes, and things go wrong all the same.
            plan_.faults.lose = 150;
            for (std::size_t i = 0; i < nodes_.size(); ++i)
                if (nodes_[i].up() && !nodes_[i].closing()) nodes_[i].close(now_of(i));
            for (int i = 0; i < kEveningSteps && objection_.empty(); ++i) chaos();
        }
        trace_.say(time_, "healing");
        heal();
        if (objection_.empty()) ask_everything_again();
        if (objection_.empty() && plan_.closes) close_all();
        if (objection_.empty())
            objection_ = object({logs_, genesis_, nodes_, clients_, plan_.sandbox});
        return {objection_, met_};
    }

private:
    // Chaos
    void chaos();
    void act_on(SimNode& node, std::size_t index);
    void break_something(SimNode& node, std::size_t index);
    void client_acts();
    bool wants_more() { return clients_.commands.size() < plan_.commands || dice_.per_mille(990); }
    void ask_new();
    void ask_for_settling();

    // Healing
    void heal();
    bool round();
    void rounds_until(const char* what, const std::function<bool()>& done);
    void ask_everything_again();
    void close_all();

    // Clients
    void submit(std::size_t command, std::size_t node);
    void on_answer(int node, Answered answered);
    void on_settled(std::size_t settling, const Answer& answer);
    void learn(Attempt& attempt);
    void lose_attempts(int node);
    bool has_open(const Command& command) const;
    std::size_t count_open() const;

    Now now_of(std::size_t node) const {
        return {time_, start_of(kFirstDay).milliseconds + time_ + skew_[node]};
    }
    void step(SimNode& node, std::size_t index) {
        const Now now = now_of(index);
        clients_.walls[index].push_back(now.wall_ms);
        node.step(now);
    }
    void object_to(std::string what) {
        trace_.say(time_, "OBJECTION " + what);
        if (objection_.empty()) objection_ = std::move(what);
    }

    Dice dice_;
    Met met_;
    Trace trace_;
    Plan plan_;
    Workload workload_;
    std::deque<SimLog> logs_;
    std::vector<Bytes> genesis_;
    SimNode::World shared_;
    std::vector<SimNode> nodes_;
    std::vector<std::int64_t> paused_until_;
    std::vector<std::int64_t> skew_;
    Clients clients_;
    std::int64_t time_ = 0;
    std::string objection_;
};

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
    else
        step(node, index);
    const bool gives_up = node.closing() && dice_.per_mille(5);
    if (gives_up) node.give_up();
    if (gives_up || (node.closing() && node.closed())) {
        lose_attempts(static_cast<int>(index));
        node.end();
    }
}

void World::break_something(SimNode& node, std::size_t index) {
    const Faults& faults = plan_.faults;
    if (!node.up()) {
        if (dice_.per_mille(50)) {
            trace_.say(time_, "node " + std::to_string(index) + " starts");
            node.start();
        }
        return;
    }
    if (dice_.per_mille(faults.flush)) node.flush();
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
    if (dice_.per_mille(faults.close) && !node.closing()) node.close(now_of(index));
    if (dice_.per_mille(faults.crash)) {
        trace_.say(time_, "node " + std::to_string(index) + " crashes");
        lose_attempts(static_cast<int>(index));
        node.crash();
    }
}

void World::client_acts() {
    if (clients_.commands.size() < plan_.commands && count_open() < plan_.open_max) ask_new();
    if (clients_.commands.empty()) return;
    // Somebody asks again: after no answer, to be sure, or out of impatience.
    const std::size_t index = dice_.index(clients_.commands.size());
    Command& command = clients_.commands[index];
    const bool impatient = dice_.per_mille(plan_.ask_again * 10);
    if ((!command.settled && !has_open(command) && dice_.per_mille(300)) || impatient)
        submit(index, dice_.index(nodes_.size()));
    if (dice_.per_mille(4)) ask_for_settling();
}

void World::ask_new() {
    Command command;
    if (!clients_.commands.empty() && dice_.per_mille(40)) {
        ++met_.reused_ids;
        command.asked = workload_.other_body(dice_.pick(clients_.commands).asked);
    } else {
        command.asked = workload_.next();
    }
    command.takes_failed_for_an_end = dice_.per_mille(150);
    clients_.commands.push_back(std::move(command));
    submit(clients_.commands.size() - 1, dice_.index(nodes_.size()));
}

void World::ask_for_settling() {
    const std::size_t node = dice_.index(nodes_.size());
    if (!nodes_[node].up() || nodes_[node].closing()) return;
    ++met_.settles;
    Settling settling;
    settling.partition = PartitionId{static_cast<std::uint32_t>(dice_.index(logs_.size()))};
    settling.node = static_cast<int>(node);
    settling.end_at_request = logs_[number(settling.partition)].end();
    for (const Command& command : clients_.commands) settling.alive.push_back(has_open(command));
    settling.attempts = clients_.attempts.size();
    clients_.settlings.push_back(settling);
    trace_.say(time_, "node " + std::to_string(node) + " is to settle");
    nodes_[node].settle(now_of(node), settling.partition,
                        Ticket{kSettleTickets + clients_.settlings.size() - 1});
}

void World::submit(std::size_t index, std::size_t node) {
    if (!nodes_[node].up()) return;
    Command& command = clients_.commands[index];
    ++met_.submitted;
    if (!command.attempts.empty()) ++met_.retried;
    Attempt attempt;
    attempt.command = index;
    attempt.node = static_cast<int>(node);
    attempt.end_at_submit = logs_[number(command.asked.partition)].end();
    command.attempts.push_back(clients_.attempts.size());
    clients_.attempts.push_back(std::move(attempt));
    if (trace_)
        trace_.say(time_, "ask '" + command.asked.partner + "' " + command.asked.id + " " +
                              fb::EnumNameCommandBody(
                                  fb::GetCommand(command.asked.command.data())->body_type()) +
                              " of node " + std::to_string(node) + ", ticket " +
                              std::to_string(clients_.attempts.size() - 1));
    nodes_[node].submit(now_of(node), command.asked.partition, Ticket{clients_.attempts.size() - 1},
                        command.asked.command, command.asked.fingerprint);
}

bool World::has_open(const Command& command) const {
    return std::any_of(command.attempts.begin(), command.attempts.end(),
                       [this](std::size_t i) { return clients_.attempts[i].open(); });
}

std::size_t World::count_open() const {
    return static_cast<std::size_t>(
        std::count_if(clients_.commands.begin(), clients_.commands.end(),
                      [](const Command& command) { return !command.settled; }));
}

void World::lose_attempts(int node) {
    for (Attempt& attempt : clients_.attempts)
        if (attempt.node == node && attempt.open()) {
            attempt.lost = true;
            ++met_.lost_answers;
        }
    for (Settling& settling : clients_.settlings)
        if (settling.node == node && !settling.answer) settling.lost = true;
}

void World::on_settled(std::size_t index, const Answer& answer) {
    Settling& settling = clients_.settlings[index];
    if (settling.answer) return object_to("a request to settle is answered twice");
    settling.answer = answer;
}

void World::on_answer(int node, Answered answered) {
    const auto ticket = static_cast<std::uint64_t>(answered.ticket);
    if (ticket >= kSettleTickets) return on_settled(ticket - kSettleTickets, answered.answer);
    Attempt& attempt = clients_.attempts[ticket];
    const Asked& asked = clients_.commands[attempt.command].asked;
    if (trace_)
        trace_.say(time_, "node " + std::to_string(node) + " answers " + asked.id + ", ticket " +
                              std::to_string(ticket) + ": " + name_of(answered.answer.outcome) +
                              " " + answered.answer.code + " seq " +
                              std::to_string(answered.answer.seq) + " v" +
                              std::to_string(answered.answer.version) + " @" +
                              std::to_string(number(answered.answer.position)));
    if (attempt.answer) return object_to("ticket " + std::to_string(ticket) + " is answered twice");
    if (answered.answer.outcome == Outcome::refused && answered.command != asked.command)
        return object_to("ticket " + std::to_string(ticket) +
                         ": the refusal doesn't bring its command");
    attempt.answer = std::move(answered.answer);
    attempt.end_at_answer = logs_[number(asked.partition)].end();
    attempt.steps_at_answer = clients_.walls[static_cast<std::size_t>(node)].size();
    learn(attempt);
}

// What the client makes of it.
void World::learn(Attempt& attempt) {
    Command& command = clients_.commands[attempt.command];
    const Answer& answer = *attempt.answer;
    const bool accepted = answer.outcome == Outcome::accepted;
    const bool before = command.settled;
    switch (answer.outcome) {
        case Outcome::accepted:
            ++(before ? met_.again : met_.accepted);
            break;
        case Outcome::nothing:
            ++met_.nothing;
            break;
        case Outcome::refused:
            ++met_.refused;
            if (answer.code == "command.id-reused") ++met_.reused_refused;
            if (answer.code == "version.conflict") ++met_.conflicts;
            if (answer.code == "command.too-late") ++met_.too_late;
            break;
        case Outcome::failed:
            ++met_.failed;
            if (answer.code == "busy") ++met_.busy;
            if (answer.code == "log.unavailable") ++met_.unavailable;
            break;
        case Outcome::unknown:
            ++met_.unknown;
            break;
    }
    const bool only_failed = answer.outcome == Outcome::failed && command.takes_failed_for_an_end &&
                             command.attempts.size() == 1;
    if (is_final(answer.outcome) || only_failed) {
        command.settled = true;
        workload_.settled(command.asked, accepted, answer.version);
    }
}

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
        any |= node.read(now_of(i), 1'000);
        any |= node.project(1'000);
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
    if (dice_.per_mille(300))
        for (SimLog& log : logs_) log.leave_hole();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        paused_until_[i] = 0;
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
            if (!has_open(clients_.commands[i])) submit(i, dice_.index(nodes_.size()));
        }
        return all;
    });
    rounds_until("every node is idle", [this] {
        return std::all_of(nodes_.begin(), nodes_.end(),
                           [](const SimNode& node) { return node.idle(); });
    });
}

void World::ask_everything_again() {
    const std::size_t before = clients_.attempts.size();
    for (std::size_t i = 0; i < clients_.commands.size(); ++i)
        submit(i, dice_.index(nodes_.size()));
    rounds_until("everything is answered again", [&] {
        for (std::size_t i = before; i < clients_.attempts.size(); ++i) {
            Attempt& attempt = clients_.attempts[i];
            if (attempt.open()) return false;
            const bool came_to_nothing = attempt.answer->outcome == Outcome::failed;
            if (came_to_nothing && clients_.commands[attempt.command].attempts.back() == i) {
                submit(attempt.command, dice_.index(nodes_.size()));
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
    for (int i = 0; i < kHealingRoundsMax && objection_.empty() && round(); ++i) ++time_;
}

}  // namespace

RunResult run(std::uint64_t seed, bool trace) { return World(seed, trace).run(); }

}  // namespace ledger::sim
