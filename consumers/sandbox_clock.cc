#include "consumers/sandbox_clock.h"

#include <algorithm>
#include <memory>

#include "aggregates/clock_command.h"
#include "consumers/deadlines.h"
#include "consumers/foreseen.h"
#include "consumers/gathered_answers.h"
#include "consumers/sandbox_cards.h"
#include "projections/queries.h"

namespace ledger {
namespace {

constexpr std::chrono::milliseconds kViewPatience{120'000};

using Partitions = std::vector<PartitionId>;

Answer stopped_on_the_way(const Error& why, Outcome outcome = Outcome::failed) {
    Answer answer;
    answer.outcome = outcome;
    answer.code = why.code.text;
    answer.reason = why.message + "; what was done stays, and the same move goes on from there";
    return answer;
}

Answer not_issued(const Error& why) {
    return stopped_on_the_way(why, why.no_answer ? Outcome::unknown : Outcome::failed);
}

bool is_done(const Answer& answer) {
    return answer.outcome == Outcome::accepted || answer.outcome == Outcome::nothing;
}

class Moving {
public:
    Moving(const Ledger& ledger, Node& node, const ClockMove& move)
        : ledger_(ledger),
          node_(node),
          move_(move),
          command_(move.command.empty() ? clock_command(move.to) : move.command),
          deadlines_(*ledger.rows, node, {move.patience, move.goes_on}),
          cards_(*ledger.rows, move.cards) {}

    Answer run();

private:
    Result<void> look_at_clocks();
    Result<std::optional<PartitionId>> refusing();
    std::optional<Answer> step_through();
    std::optional<Answer> step_to(const DueDay& due);
    std::optional<Answer> answer_charges_of(const DueDay& due);
    std::optional<Answer> issue(const Result<DueDay>& day);
    Answer send(const Partitions& to, const Bytes& command);
    static std::vector<Node::Handed> handed(const Partitions& to, const Bytes& command,
                                            const std::shared_ptr<GatheredAnswers>& answers);
    Answer wait_for(GatheredAnswers& answers);
    Partitions everywhere() const;
    Partitions behind(Date day) const;
    void tell(Date reached) const;

    const Ledger& ledger_;
    Node& node_;
    const ClockMove& move_;
    const Bytes command_;
    Deadlines deadlines_;
    SandboxCards cards_;
    std::vector<Date> clocks_;  // by partition
    Date from_;                 // the earliest of them at the start
};

Answer Moving::run() {
    if (!move_.issues_due || !ledger_.sandbox) return send(everywhere(), command_);
    // What was accepted a moment ago may fall due on the way.
    if (const auto read = node_.catch_up(kViewPatience); !read)
        return stopped_on_the_way(read.error());
    if (const auto looked = look_at_clocks(); !looked) return stopped_on_the_way(looked.error());
    const auto refuses = refusing();
    if (!refuses) return stopped_on_the_way(refuses.error());
    if (*refuses)
        if (Answer answer = send({**refuses}, command_); !is_done(answer)) return answer;
    if (auto answer = issue(cards_.to_what_waits(clocks_))) return *std::move(answer);
    if (auto answer = step_through()) return *std::move(answer);
    return send(everywhere(), command_);
}

Result<void> Moving::look_at_clocks() {
    const auto rows = ledger_.rows->snapshot();
    for (const PartitionId partition : everywhere()) {
        const auto state = views::find_ledger(*rows, partition);
        if (!state) return state.error();
        if (!*state)
            return no_answer("partition " + std::to_string(number(partition)) +
                             " was not read yet");
        clocks_.push_back((*state)->clock);
    }
    from_ = *std::min_element(clocks_.begin(), clocks_.end());
    return {};
}

// A partition that would refuse the move as it stands.
Result<std::optional<PartitionId>> Moving::refusing() {
    const auto rows = ledger_.rows->snapshot();
    const fb::Command& command = *fb::GetCommand(command_.data());
    for (const PartitionId partition : everywhere()) {
        const auto ruling = foreseen(ledger_, *rows, partition, command);
        if (!ruling) return ruling.error();
        if (std::holds_alternative<Refusal>(ruling->says)) return std::optional(partition);
    }
    return std::optional<PartitionId>();
}

// To every day on which something is due, and what is due then. An answer: it went no further.
std::optional<Answer> Moving::step_through() {
    while (true) {
        const auto due = deadlines_.next(move_.to);
        if (!due) return stopped_on_the_way(due.error());
        if (!*due) return std::nullopt;
        if (move_.goes_on && !move_.goes_on())
            return stopped_on_the_way(error(
                kDeadlinesStopped, "the move was told to stop before " + to_string((*due)->on)));
        if (auto answer = step_to(**due)) return answer;
        tell((*due)->on);
    }
}

// What is due is handed over right behind the move: a partition takes its commands in order, and
// where it doesn't move they are refused.
std::optional<Answer> Moving::step_to(const DueDay& due) {
    const Partitions moving = behind(due.on);
    const auto answers = std::make_shared<GatheredAnswers>(moving.size());
    const auto issued = deadlines_.issue(
        due, handed(moving, due.on == move_.to ? command_ : clock_command(due.on), answers));
    if (!moving.empty())
        if (Answer moved = wait_for(*answers); !is_done(moved)) return moved;
    for (const PartitionId partition : moving) clocks_[number(partition)] = due.on;
    if (!issued) return not_issued(issued.error());
    return answer_charges_of(due);
}

std::optional<Answer> Moving::answer_charges_of(const DueDay& due) {
    if (!SandboxCards::holds_charges(due)) return std::nullopt;
    if (const auto seen = deadlines_.see(); !seen) return not_issued(seen.error());
    return issue(cards_.to_charges_of(due, clocks_));
}

std::optional<Answer> Moving::issue(const Result<DueDay>& day) {
    if (!day) return stopped_on_the_way(day.error());
    if (day->commands.empty()) return std::nullopt;
    if (const auto issued = deadlines_.issue(*day); !issued) return not_issued(issued.error());
    return std::nullopt;
}

Answer Moving::send(const Partitions& to, const Bytes& command) {
    const auto answers = std::make_shared<GatheredAnswers>(to.size());
    node_.submit_together(handed(to, command, answers));
    return wait_for(*answers);
}

std::vector<Node::Handed> Moving::handed(const Partitions& to, const Bytes& command,
                                         const std::shared_ptr<GatheredAnswers>& answers) {
    std::vector<Node::Handed> all;
    all.reserve(to.size());
    for (const PartitionId partition : to)
        all.push_back(
            {partition, command, [answers](const Answer& answer) { answers->add(answer); }});
    return all;
}

// After our patience everything open is answered.
Answer Moving::wait_for(GatheredAnswers& answers) {
    if (!answers.wait(move_.patience)) node_.close(std::chrono::milliseconds{0});
    return answers.worst();
}

void Moving::tell(Date reached) const {
    if (move_.on_step)
        move_.on_step({reached.days - from_.days, move_.to.days - from_.days, deadlines_.events()});
}

Partitions Moving::everywhere() const {
    Partitions all;
    for (std::uint32_t i = 0; i < node_.partitions(); ++i) all.push_back(PartitionId{i});
    return all;
}

// A move that was killed has left some ahead.
Partitions Moving::behind(Date day) const {
    Partitions all;
    for (const PartitionId partition : everywhere())
        if (clocks_[number(partition)] < day) all.push_back(partition);
    return all;
}

}  // namespace

Answer move_clock(const Ledger& ledger, Node& node, const ClockMove& move) {
    return Moving(ledger, node, move).run();
}

}  // namespace ledger
