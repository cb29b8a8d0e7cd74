#include "consumers/deadlines.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace ledger {
namespace {

// So many are out at a time: people's commands find room in the queues beside them.
constexpr std::size_t kOutMax = 1'024;
constexpr std::chrono::milliseconds kViewPatience{120'000};

// The answers to commands that were submitted together, each in its place. They come on the node's
// thread; one waits for them on another.
class DueAnswers {
public:
    explicit DueAnswers(std::size_t count) : answers_(count), missing_(count) {}

    void fill(std::size_t place, const Answer& answer) {
        const std::lock_guard lock(mutex_);
        answers_[place] = answer;
        if (--missing_ == 0) all_.notify_all();
    }
    // Nothing: they didn't all come in time.
    std::optional<std::vector<Answer>> wait(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        if (!all_.wait_for(lock, patience, [&] { return missing_ == 0; })) return std::nullopt;
        return answers_;
    }

private:
    std::mutex mutex_;
    std::condition_variable all_;
    std::vector<Answer> answers_;
    std::size_t missing_;
};

Error not_issued(Date on, const std::string& why) {
    return no_answer("what fell due on " + to_string(on) + " was not all issued: " + why);
}

}  // namespace

Result<std::optional<DueDay>> Deadlines::next(Date through,
                                              std::function<bool(PartitionId)> wanted) {
    DueSought sought{through, std::move(wanted)};
    if (unseen_) {
        sought.through = std::min(through, plus_days(unseen_->due, -1));
        auto found = agenda_.next(*rows_.snapshot(), sought);
        if (!found || *found) return found;
        if (const auto seen = see(); !seen) return seen.error();
        sought.through = through;
    }
    return agenda_.next(*rows_.snapshot(), sought);
}

Result<void> Deadlines::issue(const DueDay& day, std::vector<Node::Handed> before) {
    for (Commands left = day.commands; !left.empty();) {
        // What goes before them was handed over with the first of them.
        if (before.empty() && settings_.goes_on && !settings_.goes_on())
            return error(kDeadlinesStopped, "what falls due is issued no further than " +
                                                to_string(day.on) + ": it was told to stop");
        const Commands now = left.first(std::min(left.size(), kOutMax));
        if (const auto issued = issue_at_once(day.on, now, std::exchange(before, {})); !issued)
            return issued;
        left = left.subspan(now.size());
    }
    return {};
}

Result<void> Deadlines::issue_at_once(Date on, Commands commands,
                                      std::vector<Node::Handed> before) {
    const auto coming = std::make_shared<DueAnswers>(commands.size());
    std::vector<Node::Handed> handed = std::move(before);
    for (std::size_t i = 0; i < commands.size(); ++i)
        handed.push_back({node_.partition_of(PartnerId{commands[i].partner}), commands[i].command,
                          [coming, i](const Answer& answer) { coming->fill(i, answer); }});
    node_.submit_together(std::move(handed));
    const auto answers = coming->wait(settings_.patience);
    if (!answers) return not_issued(on, "no answer came in time; is the log reachable?");
    note(on, commands, *answers);
    for (const Answer& answer : *answers)
        if (answer.outcome == Outcome::failed || answer.outcome == Outcome::unknown)
            return not_issued(on, answer.reason);
    return {};
}

void Deadlines::note(Date on, Commands commands, const std::vector<Answer>& answers) {
    if (!unseen_) unseen_ = Unseen{{}, deadlines::kAnyDay};
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const Answer& answer = answers[i];
        switch (answer.outcome) {
            case Outcome::accepted:
                ++events_;
                agenda_.done(commands[i]);
                unseen_->due = std::min(unseen_->due, commands[i].then.value_or(unseen_->due));
                break;
            case Outcome::nothing:
            case Outcome::refused:
                agenda_.pass_over(commands[i]);
                unseen_->due = std::min(unseen_->due, on);
                break;
            case Outcome::failed:
            case Outcome::unknown:
                continue;
        }
        Position& last = unseen_->next[answer.partition];
        last = std::max(last, ledger::next(answer.position));
    }
}

Result<void> Deadlines::see() {
    if (!unseen_) return {};
    for (const auto& [partition, position] : unseen_->next)
        if (const auto came = node_.wait_for(partition, position, kViewPatience); !came)
            return came;
    unseen_.reset();
    return {};
}

Result<void> Deadlines::issue_through(Date day, const std::function<bool(PartitionId)>& wanted) {
    while (true) {
        const auto due = next(day, wanted);
        if (!due) return due.error();
        if (!*due) return {};
        if (const auto issued = issue(**due); !issued) return issued;
    }
}

}  // namespace ledger
