// Clients: what they ask, and what they make of the answers.
#include <algorithm>

#include "tests/sim/sim_copy.h"
#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

constexpr std::uint64_t kSettleTickets = std::uint64_t{1} << 40;

}  // namespace

void World::client_acts() {
    if (clients_.commands.size() < plan_.commands && count_open() < plan_.open_max) ask_new();
    if (clients_.commands.empty()) return;
    // Somebody asks again: after no answer, to be sure, or out of impatience.
    const std::size_t index = dice_.index(clients_.commands.size());
    Command& command = clients_.commands[index];
    const bool impatient = dice_.per_mille(plan_.ask_again * 10);
    if ((!command.settled && !has_open(command) && dice_.per_mille(300)) || impatient)
        submit(index, any_writer());
    if (dice_.per_mille(plan_.faults.receipt)) ask_for_receipt(index);
    if (dice_.per_mille(plan_.faults.settle)) ask_for_settling();
    if (dice_.per_mille(plan_.faults.copy)) copy_log();
    if (dice_.per_mille(plan_.faults.due)) issue_due();
}

// Of any node: the receipt may be there long before the answer comes, or where none ever will.
void World::ask_for_receipt(std::size_t index) {
    const std::size_t node = dice_.index(nodes_.size());
    if (!nodes_[node].up()) return;
    Command& command = clients_.commands[index];
    const auto receipt = nodes_[node].find_receipt(command.asked);
    if (!receipt) return object_to("a receipt can't be had: " + receipt.error().message);
    clients_.receipts.push_back({index, static_cast<int>(node), clients_.moment + 1,
                                 nodes_[node].view_next(command.asked.partition), *receipt});
    clients_.moment += 2;  // asked and answered
    ++(*receipt ? met_.receipts : met_.no_receipts);
    const bool own = *receipt && id_of((*receipt)->fingerprint()) == command.asked.fingerprint;
    if (!own || command.settled) return;
    ++met_.settled_by_receipt;
    command.settled = true;
}

void World::copy_log() {
    const std::string objection = object_to_copy(logs_, clients_, met_);
    if (!objection.empty()) object_to(objection);
}

void World::ask_new() {
    Command command;
    if (!clients_.commands.empty() && dice_.per_mille(40)) {
        ++met_.reused_ids;
        command.asked = workload_.other_body(dice_.pick(clients_.commands).asked);
    } else {
        const std::size_t node = dice_.index(nodes_.size());
        const LookUp look_up = [&](PartitionId partition, const PartnerId& partner) {
            return nodes_[node].look(partition, partner);
        };
        command.asked = workload_.next(look_up, now_of(node).wall_ms);
    }
    command.takes_failed_for_an_end = dice_.per_mille(150);
    clients_.commands.push_back(std::move(command));
    submit(clients_.commands.size() - 1, any_writer());
}

void World::ask_for_settling() {
    const std::size_t node = any_writer();
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
    attempt.asked_at = ++clients_.moment;
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
    attempt.answered_at = ++clients_.moment;
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
            if (answer.code == "command.id-reserved") ++met_.reserved;
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
    const auto kind = fb::GetCommand(command.asked.command.data())->body_type();
    if (command.asked.id.starts_with("due/charge/") &&
        (answer.outcome == Outcome::refused || answer.outcome == Outcome::nothing))
        passed_over_.insert(command.asked.partner + ' ' + command.asked.id);
    const bool best_there_is = accepted || (kind == fb::CommandBody::TurnAutomaticRenewalOn &&
                                            answer.outcome == Outcome::nothing);
    if (best_there_is && !before) ++met_.kinds[static_cast<std::size_t>(kind)];
    const bool only_failed = answer.outcome == Outcome::failed && command.takes_failed_for_an_end &&
                             command.attempts.size() == 1;
    if (is_final(answer.outcome) || only_failed) command.settled = true;
}

}  // namespace ledger::sim
