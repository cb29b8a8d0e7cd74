#include "consumers/deadlines.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "projections/queries.h"

namespace ledger {
namespace {

// The node answers every command within its own patience; this is beyond it.
constexpr std::chrono::milliseconds kAnswerPatience{40'000};
constexpr std::chrono::milliseconds kViewPatience{120'000};

// The answers to commands that were submitted together, each in its place. They come on the node's
// thread; one waits for them on another.
class Answers {
public:
    explicit Answers(std::size_t count) : answers_(count), missing_(count) {}

    void fill(std::size_t place, const Answer& answer) {
        const std::lock_guard lock(mutex_);
        answers_[place] = answer;
        if (--missing_ == 0) all_.notify_all();
    }
    // False: they didn't all come in time.
    bool wait() {
        std::unique_lock lock(mutex_);
        return all_.wait_for(lock, kAnswerPatience, [&] { return missing_ == 0; });
    }
    const std::vector<Answer>& all() const { return answers_; }

private:
    std::mutex mutex_;
    std::condition_variable all_;
    std::vector<Answer> answers_;
    std::size_t missing_;
};

}  // namespace

Result<std::optional<DueDay>> Deadlines::next(Date through,
                                              std::function<bool(PartitionId)> wanted) const {
    const auto rows = ledger_.rows->snapshot();
    std::vector<LedgerState> states;
    for (std::uint32_t i = 0; i < node_.partitions(); ++i) {
        auto state = views::find_ledger(*rows, PartitionId{i});
        if (!state) return state.error();
        states.push_back(std::move(*state).value_or(LedgerState{}));
    }
    DueSought sought;
    sought.through = through;
    sought.ledger = [&states](PartitionId partition) -> const LedgerState& {
        return states[number(partition)];
    };
    sought.wanted = std::move(wanted);
    sought.passed_over = &refused_;
    return next_due(*rows, node_.partitions(), sought);
}

Result<void> Deadlines::issue(DueDay day) {
    const auto answers = std::make_shared<Answers>(day.commands.size());
    for (std::size_t i = 0; i < day.commands.size(); ++i)
        node_.submit(std::move(day.commands[i].command),
                     [answers, i](const Answer& answer) { answers->fill(i, answer); });
    if (!answers->wait())
        return no_answer("what fell due on " + to_string(day.on) + " was not answered in time");
    for (std::size_t i = 0; i < day.commands.size(); ++i) {
        const Answer& answer = answers->all()[i];
        switch (answer.outcome) {
            case Outcome::accepted:
                ++counts_.accepted;
                break;
            case Outcome::nothing:
                ++counts_.nothing;
                break;
            case Outcome::refused:
                ++counts_.refused;
                refused_.insert(day.commands[i].partner + '\0' + day.commands[i].id);
                break;
            case Outcome::failed:
            case Outcome::unknown:
                return no_answer("what fell due on " + to_string(day.on) + ": " + answer.reason);
        }
        if (answer.outcome != Outcome::accepted) continue;
        const auto seen =
            node_.wait_for(answer.partition, ledger::next(answer.position), kViewPatience);
        if (!seen) return seen;
    }
    return {};
}

Result<void> Deadlines::issue_through(Date day, const std::function<bool(PartitionId)>& wanted) {
    while (true) {
        auto due = next(day, wanted);
        if (!due) return due.error();
        if (!*due) return {};
        if (const auto issued = issue(std::move(**due)); !issued) return issued;
    }
}

}  // namespace ledger
