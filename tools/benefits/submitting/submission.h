// One `benefits submit` at work: lines are read, made into commands, handed to the node and
// answered, each on a thread of its own, while the caller's thread watches that all of it goes on.
//
// Order. What follows a command that came to no answer, of the same partner, is not decided
// (aggregates/stream_order.h); a move of the clock counts for everybody: it follows all that stands
// before it, and all that stands behind follows it.
//
// What falls due is issued beside it (consumers/due_watch.h), or as the clock is moved.
//
// Time. A command is answered within its patience, counted from when its line was read; time in
// which nobody reads the answers doesn't count. Told to stop, it takes kStopPatience to answer what
// was read.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "aggregates/stream_order.h"
#include "consumers/due_watch.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/end_in_time.h"
#include "tools/benefits/cli/progress.h"
#include "tools/benefits/submitting/answer_queue.h"
#include "tools/benefits/submitting/line_pipeline.h"

namespace ledger::tools {

struct SubmissionSettings {
    std::chrono::milliseconds patience{};
    std::size_t in_flight = 4'096;  // commands that wait for their answers at a time
};

class Submission {
public:
    Submission(AtWork& at_work, EndInTime& end_in_time, const SubmissionSettings& settings)
        : at_work_(at_work),
          end_in_time_(end_in_time),
          answers_(settings.in_flight),
          patience_(settings.patience) {}
    // Answers still to come go to what is about to be destroyed.
    ~Submission() { at_work_.node->close(std::chrono::milliseconds{0}); }

    ExitCode run(LineReader& lines);

private:
    enum class Ending { answered, told_to_stop, silent };

    void read(LineReader& lines, LinePipeline& pipeline);
    bool take(InputLine line);
    void hand_over(std::uint64_t place, std::uint64_t number, InputLine line);
    Answer moved_clock(Date to, fb::Cards cards);
    Ending watch(LineReader& lines);
    void show(Progress& shown, const LineReader& lines, const AnswerQueue::Progress& now) const;
    void give_up(Ending why, const LineReader& lines, LinePipeline& pipeline);
    bool print_rest();
    std::optional<Answer> after_failure(const InputLine& line);
    void note(const std::string& partner, bool for_all, std::uint64_t number, const Answer& answer);
    std::string what_was_not_sent(const LineReader& lines) const;
    void sum_up(const LineReader& lines);

    AtWork& at_work_;
    EndInTime& end_in_time_;
    AnswerQueue answers_;
    const std::chrono::milliseconds patience_;
    std::atomic<bool> gave_up_{false};
    std::atomic<std::uint64_t> handed_on_{0};  // number of the last line that was
    std::atomic<bool> was_any_{false};         // a line
    std::atomic<std::uint64_t> lines_read_{0};
    std::atomic<std::uint64_t> clock_steps_{0};
    std::mutex order_mutex_;
    StreamOrder order_;  // by the lines' numbers
    std::optional<DueWatch> due_watch_;
};

}  // namespace ledger::tools
