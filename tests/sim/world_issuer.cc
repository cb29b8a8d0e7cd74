// The issuer of what falls due: it looks at the views of any node, which may be behind, and asks as
// any client does, under the derived id; others do so too, and the same again.
#include <algorithm>

#include "tests/sim/world.h"

namespace ledger::sim {
namespace {

// At rest a command that is due comes to its event; "busy" and the like are asked again.
constexpr int kAskedAtRestMax = 20;

}  // namespace

std::optional<Asked> World::due_of(const std::string& partner, std::size_t node) {
    const LookUp look_up = [&](PartitionId partition, const PartnerId& id) {
        return nodes_[node].look(partition, id);
    };
    return workload_.due(partner, look_up, now_of(node).wall_ms, passed_over_);
}

void World::issue_due() {
    const std::size_t node = dice_.index(nodes_.size());
    if (!nodes_[node].up()) return;
    if (const auto asked = due_of(dice_.pick(workload_.partners()), node))
        issue(*asked, any_writer());
}

// False: the node takes none.
bool World::issue(const Asked& asked, std::size_t node) {
    if (!nodes_[node].up()) return false;
    const auto known =
        std::find_if(clients_.commands.begin(), clients_.commands.end(), [&](const Command& each) {
            return each.asked.partner == asked.partner && each.asked.command == asked.command;
        });
    ++(known == clients_.commands.end() ? met_.due : met_.due_again);
    const auto index = static_cast<std::size_t>(known - clients_.commands.begin());
    if (known == clients_.commands.end()) {
        Command command;
        command.asked = asked;
        clients_.commands.push_back(std::move(command));
    }
    submit(index, node);
    return true;
}

// When everybody is at rest: through the day of a sandbox's clock, until nothing is due any more.
void World::issue_all_due() {
    if (!plan_.sandbox) return;
    for (const std::string& partner : workload_.partners()) {
        int asked_in_vain = 0;
        while (objection_.empty()) {
            const auto due = due_of(partner, 0);
            if (!due) break;
            const std::size_t attempt = clients_.attempts.size();
            if (!issue(*due, any_writer())) return object_to("a node is down at rest");
            rounds_until("what is due is answered", [&] {
                return !clients_.attempts[attempt].open() &&
                       std::all_of(nodes_.begin(), nodes_.end(),
                                   [](const SimNode& node) { return node.idle(); });
            });
            if (!objection_.empty()) return;
            const Answer& answer = *clients_.attempts[attempt].answer;
            if (answer.outcome == Outcome::accepted) continue;
            if (passed_over_.contains(partner + ' ' + due->id)) continue;
            if (answer.outcome == Outcome::failed && ++asked_in_vain < kAskedAtRestMax) continue;
            return object_to(due->id + " of '" + partner + "' is due and is answered " +
                             name_of(answer.outcome) + " " + answer.code);
        }
    }
}

}  // namespace ledger::sim
