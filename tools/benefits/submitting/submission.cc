#include "tools/benefits/submitting/submission.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "consumers/sandbox_clock.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

using std::chrono::milliseconds;

// The node has no other: its commands are those of one input.
constexpr Stream kInput{1};
// What is left of its patience, at least, for a command that waited for its keys.
constexpr milliseconds kLeftLeast{2'000};
// Patience is the writer's to lose first: its own answers say more than ours.
constexpr milliseconds kSilenceBeyond{5'000};
// Told to stop, what was read is answered in this time.
constexpr milliseconds kStopPatience{6'000};
// Nobody reads the answers, and it is to end.
constexpr milliseconds kPrintPatience{2'000};
constexpr milliseconds kWatch{100};

Answer unsettled() {
    Answer answer;
    answer.outcome = Outcome::unknown;
    answer.code = "unsettled";
    answer.reason = "no answer came in time; ask for its receipt, or send it again";
    return answer;
}

}  // namespace

ExitCode Submission::run(LineReader& lines) {
    LinePipeline pipeline(*at_work_.ledger.sealer, lines.name(), patience_,
                          [this](InputLine line) { return take(std::move(line)); });
    due_watch_.emplace(at_work_.ledger, *at_work_.node,
                       [](const std::string& trouble) { say("benefits: " + trouble); });
    std::thread reading([&] { read(lines, pipeline); });
    const Ending ending = watch(lines);
    if (ending != Ending::answered) {
        lines.stop();
        give_up(ending, lines, pipeline);
    }
    reading.join();
    due_watch_->stop();
    if (!was_any_ && !gave_up_ && !was_told_to_stop() && lines.failure().empty()) {
        say("benefits: " + lines.name() + " holds no command: give one JSON command a line");
        return ExitCode::usage;
    }
    if (!gave_up_) at_work_.node->close(kClosePatience);
    const bool printed = print_rest();
    sum_up(lines);
    const bool whole = !gave_up_ && at_work_.node->stopped().empty() && !was_told_to_stop() &&
                       lines.failure().empty() && printed && !stdout_closed();
    const ExitCode code = whole ? answers_.worst() : worse(answers_.worst(), ExitCode::failed);
    end_in_time_.begin(code);
    answers_.finish();
    return code;
}

void Submission::read(LineReader& lines, LinePipeline& pipeline) {
    Line line;
    while (lines.next(line)) {
        was_any_ = true;
        ++lines_read_;
        if (!pipeline.push(line)) break;
    }
    pipeline.finish();
    answers_.no_more();
}

// Until all is answered, or why not. It counts its own looks, not the clock's: a process that was
// stopped has not been silent.
Submission::Ending Submission::watch(LineReader& lines) {
    AnswerQueue::Progress before;
    std::optional<Progress> shown;
    // Where the answers themselves go by, they say how far it is.
    if (!stdout_is_terminal())
        shown.emplace("submitting", lines.bytes_in_all() > 0 ? "bytes" : "commands");
    std::uint64_t steps_before = 0;
    milliseconds silence{0};
    milliseconds stopping{0};
    while (!answers_.wait_for_end(kWatch)) {
        const AnswerQueue::Progress now = answers_.progress();
        const std::uint64_t steps = clock_steps_;
        const bool goes_on =
            now.open == 0 || now.answered != before.answered || steps != steps_before;
        steps_before = steps;
        silence = goes_on ? milliseconds{0} : silence + kWatch;
        before = now;
        if (shown) show(*shown, lines, now);
        if (was_told_to_stop()) stopping += kWatch;
        if (stopping > kStopPatience) return Ending::told_to_stop;
        if (silence > patience_ + kSilenceBeyond) return Ending::silent;
        if (stdout_closed()) lines.stop();
    }
    return Ending::answered;
}

// Of the input's bytes those count whose lines were answered, as nearly as is known.
void Submission::show(Progress& shown, const LineReader& lines,
                      const AnswerQueue::Progress& now) const {
    if (lines.bytes_in_all() == 0) return shown.at(now.answered);
    const std::uint64_t read = std::max<std::uint64_t>(lines_read_, 1);
    const double answered =
        static_cast<double>(std::min(now.answered, read)) / static_cast<double>(read);
    const double bytes = static_cast<double>(lines.bytes_read()) * answered;
    shown.at(static_cast<std::uint64_t>(bytes), lines.bytes_in_all());
}

// Everything that is open is answered now, "unknown" where it may be in the log.
void Submission::give_up(Ending why, const LineReader& lines, LinePipeline& pipeline) {
    gave_up_ = true;
    due_watch_->stop();
    answers_.stop_waiting();
    pipeline.stop_waiting();
    if (why == Ending::silent) {
        // A node that doesn't answer any more may not end either.
        answers_.abandon(unsettled());
        end_in_time_.begin(ExitCode::unknown);
        say("benefits: no answer came in time; is the log reachable?" + what_was_not_sent(lines));
    }
    at_work_.node->close(milliseconds{0});
}

// Whoever pauses is waited for; not for ever when this is to end: false.
bool Submission::print_rest() {
    while (!answers_.finish_within(kWatch))
        if (gave_up_ || was_told_to_stop()) return answers_.finish_within(kPrintPatience);
    return true;
}

// False: it is to take no more.
bool Submission::take(InputLine line) {
    const bool for_all = line.moves_clock;
    if (!(for_all ? answers_.wait_for_all() : answers_.wait_for_room()) || gave_up_) return false;
    const std::uint64_t number = line.asked.line;
    handed_on_ = number;
    const std::string partner = line.asked.partner;
    if (!partner.empty() && line.fault)
        line.fault->partition = at_work_.node->partition_of(PartnerId{partner});
    const std::uint64_t place = answers_.open(line.asked);
    std::optional<Answer> answer = std::move(line.fault);
    if (answer) say(answer->reason);
    if (!answer) answer = after_failure(line);
    if (!answer && line.clock) answer = moved_clock(*line.clock, line.cards);
    if (!answer) {
        hand_over(place, number, std::move(line));
        return true;
    }
    note(partner, for_all, number, *answer);
    answers_.fill(place, *answer);
    return !gave_up_;
}

void Submission::hand_over(std::uint64_t place, std::uint64_t number, InputLine line) {
    const milliseconds waited =
        std::clamp(line.waited, milliseconds{0}, std::max(patience_ - kLeftLeast, milliseconds{0}));
    at_work_.node->submit(
        std::move(line.command),
        [this, place, number, partner = line.asked.partner](const Answer& answer) {
            note(partner, false, number, answer);
            answers_.fill(place, answer);
        },
        Origin{kInput, waited.count()});
}

// A move through years takes its time, and each step of it within the patience is a sign of life.
Answer Submission::moved_clock(Date to, fb::Cards cards) {
    ClockMove move{to};
    move.cards = cards;
    move.patience = patience_ + kSilenceBeyond;
    move.goes_on = [this] {
        ++clock_steps_;
        return !gave_up_;
    };
    return move_clock(at_work_.ledger, *at_work_.node, move);
}

std::optional<Answer> Submission::after_failure(const InputLine& line) {
    const std::lock_guard lock(order_mutex_);
    const std::string& partner = line.asked.partner;
    const std::string* const why = line.clock
                                       ? order_.broken_for_anybody(kInput)
                                       : order_.broken_before(kInput, partner, line.asked.line);
    if (!why) return std::nullopt;
    Answer answer = after_failed(*why);
    if (!partner.empty()) answer.partition = at_work_.node->partition_of(PartnerId{partner});
    return answer;
}

void Submission::note(const std::string& partner, bool for_all, std::uint64_t number,
                      const Answer& answer) {
    const bool broken_clock = for_all && answer.outcome == Outcome::failed;
    if (!came_to_no_answer(answer) && !broken_clock) return;
    const std::lock_guard lock(order_mutex_);
    if (for_all)
        order_.broke_for_all(kInput, number, answer.reason);
    else
        order_.broke(kInput, partner, number, answer.reason);
}

std::string Submission::what_was_not_sent(const LineReader& lines) const {
    const std::string what =
        handed_on_ == 0 ? "nothing" : "what follows line " + std::to_string(handed_on_);
    return "; " + what + " of " + lines.name() +
           " was not sent: send the whole input again, what was accepted stays as it is";
}

void Submission::sum_up(const LineReader& lines) {
    std::string sentence;
    for (const auto& [outcome, count] : answers_.counts())
        sentence += (sentence.empty() ? "" : ", ") + std::to_string(count) + " " + name_of(outcome);
    if (!sentence.empty()) say("benefits: " + sentence);
    if (!lines.failure().empty()) say("benefits: " + lines.failure());
    if (stdout_closed())
        say("benefits: nobody reads the answers any more" + what_was_not_sent(lines));
    else if (was_told_to_stop())
        say("benefits: told to stop" + what_was_not_sent(lines));
    if (const std::string why = at_work_.node->stopped(); !why.empty()) say("benefits: " + why);
}

}  // namespace ledger::tools
