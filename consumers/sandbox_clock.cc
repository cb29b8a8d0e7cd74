#include "consumers/sandbox_clock.h"

#include <algorithm>
#include <memory>

#include "aggregates/clock_command.h"
#include "consumers/deadlines.h"
#include "consumers/foreseen.h"
#include "consumers/gathered_answers.h"
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
          deadlines_(*ledger.rows, node, {move.patience, move.goes_on}) {}

    Answer run();

private:
    Result<void> look_at_clocks();
    Result<std::optional<PartitionId>> refusing();
    std::optional<Answer> step_through();
    Answer step_to(Date day);
    Answer send(const Partitions& to, const Bytes& command);
    Partitions everywhere() const;

    const Ledger& ledger_;
    Node& node_;
    const ClockMove& move_;
    const Bytes command_;
    Deadlines deadlines_;
    std::vector<Date> clocks_;  // by partition: a move that was killed has left some behind
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
        if (Answer moved = step_to((*due)->on); !is_done(moved)) return moved;
        if (const auto issued = deadlines_.issue(**due); !issued)
            return stopped_on_the_way(
                issued.error(), issued.error().no_answer ? Outcome::unknown : Outcome::failed);
    }
}

Answer Moving::step_to(Date day) {
    Partitions behind;
    for (const PartitionId partition : everywhere())
        if (clocks_[number(partition)] < day) behind.push_back(partition);
    Answer moved;
    moved.outcome = Outcome::nothing;
    if (behind.empty()) return moved;
    moved = send(behind, day == move_.to ? command_ : clock_command(day));
    if (is_done(moved))
        for (const PartitionId partition : behind) clocks_[number(partition)] = day;
    return moved;
}

// After our patience everything open is answered.
Answer Moving::send(const Partitions& to, const Bytes& command) {
    const auto answers = std::make_shared<GatheredAnswers>(to.size());
    for (const PartitionId partition : to)
        node_.submit_to(partition, command,
                        [answers](const Answer& answer) { answers->add(answer); });
    if (!answers->wait(move_.patience)) node_.close(std::chrono::milliseconds{0});
    return answers->worst();
}

Partitions Moving::everywhere() const {
    Partitions all;
    for (std::uint32_t i = 0; i < node_.partitions(); ++i) all.push_back(PartitionId{i});
    return all;
}

}  // namespace

Answer move_clock(const Ledger& ledger, Node& node, const ClockMove& move) {
    return Moving(ledger, node, move).run();
}

}  // namespace ledger
