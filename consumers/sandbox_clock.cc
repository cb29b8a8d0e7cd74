#include "consumers/sandbox_clock.h"

#include <algorithm>
#include <memory>

#include "consumers/gathered_answers.h"
#include "projections/queries.h"

namespace ledger {
namespace {

// The writer's own patience ends first: its answer says more than ours.
constexpr std::chrono::milliseconds kAnswerPatience{35'000};
constexpr std::chrono::milliseconds kViewPatience{120'000};

Answer failed(const Error& why) {
    Answer answer;
    answer.outcome = why.no_answer ? Outcome::unknown : Outcome::failed;
    answer.code = why.no_answer ? "unsettled" : "stopped";
    answer.reason = why.message;
    return answer;
}

Answer stopped_on_the_way(Date on) {
    Answer answer;
    answer.outcome = Outcome::failed;
    answer.code = "stopped";
    answer.reason = "the move was stopped on the way to " + to_string(on) +
                    ": what was done stays, and the same move goes on";
    return answer;
}

bool is_done(const Answer& answer) {
    return answer.outcome == Outcome::accepted || answer.outcome == Outcome::nothing;
}

// The worst of all partitions'.
Answer move_all(Node& node, const Bytes& command) {
    const auto answers = std::make_shared<GatheredAnswers>(node.partitions());
    for (std::uint32_t i = 0; i < node.partitions(); ++i)
        node.submit_to(PartitionId{i}, command,
                       [answers](const Answer& answer) { answers->add(answer); });
    if (!answers->wait(kAnswerPatience)) node.close(std::chrono::milliseconds{0});
    return answers->worst();
}

// A move that was killed has left partitions behind.
Result<Date> furthest_behind(const Ledger& ledger, std::uint32_t partitions) {
    const auto rows = ledger.rows->snapshot();
    std::optional<Date> day;
    for (std::uint32_t i = 0; i < partitions; ++i) {
        const auto state = views::find_ledger(*rows, PartitionId{i});
        if (!state) return state.error();
        if (!*state) return no_answer("partition " + std::to_string(i) + " was not read yet");
        day = std::min(day.value_or((*state)->clock), (*state)->clock);
    }
    return day.value_or(Date{});
}

// Steps to the days before `to`, and to `to` itself if something is due then.
std::optional<Answer> step_through(const Ledger& ledger, Node& node, const ClockMove& move) {
    Deadlines deadlines(ledger, node);
    const auto behind = furthest_behind(ledger, node.partitions());
    if (!behind) return failed(behind.error());
    // Backwards is refused by the last step.
    if (move.to < *behind) return std::nullopt;
    Date today = *behind;
    while (true) {
        auto due = deadlines.next(move.to);
        if (!due) return failed(due.error());
        if (!*due) return std::nullopt;
        const Date on = std::max((*due)->on, today);
        if (move.goes_on && !move.goes_on(on)) return stopped_on_the_way(on);
        if (Answer moved = move_all(node, clock_command(on)); !is_done(moved)) return moved;
        today = on;
        if (const auto issued = deadlines.issue(std::move(**due)); !issued)
            return failed(issued.error());
    }
}

}  // namespace

std::string clock_command_id(Date to) { return "clock-" + to_string(to); }

Bytes clock_command(Date to) {
    fb::CommandT command;
    command.id = clock_command_id(to);
    command.actor = std::make_unique<fb::ActorT>();
    command.actor->kind = fb::ActorKind::system;
    command.actor->id = "clock";
    fb::MoveClockT body;
    body.to = to.days;
    command.body.Set(std::move(body));
    flatbuffers::FlatBufferBuilder builder;
    fb::FinishCommandBuffer(builder, fb::CreateCommand(builder, &command));
    return Bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
}

Answer move_clock(const Ledger& ledger, Node& node, const ClockMove& move) {
    if (move.issues_due && ledger.sandbox) {
        // What was accepted a moment ago may fall due on the way.
        if (const auto read = node.catch_up(kViewPatience); !read) return failed(read.error());
        if (auto answer = step_through(ledger, node, move)) return *std::move(answer);
    }
    return move_all(node, move.command.empty() ? clock_command(move.to) : move.command);
}

}  // namespace ledger
