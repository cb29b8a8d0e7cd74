// `benefits submit`: commands in, one answer a line out, in the order of the input. Commands are
// pipelined; those of one partner are decided in the order of the input. A line that moves the
// clock waits for everything before it.
#include <unistd.h>

#include <memory>

#include "tools/benefits/answer_queue.h"
#include "tools/benefits/at_work.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/gathered_answers.h"
#include "tools/benefits/input_line.h"
#include "tools/benefits/line_pipeline.h"
#include "tools/benefits/output.h"

namespace ledger::tools {
namespace {

// Below the bound of a writer's queue, so that it is never too busy for us.
constexpr std::size_t kInFlightMax = limits::kQueueMaxCommands;
constexpr std::size_t kInFlightDefault = 4096;
// Patience is the writer's to lose first: its own answers say more than ours.
constexpr std::chrono::milliseconds kGiveUpAfter{5'000};

struct SubmitOptions {
    std::string file = "-";
    double patience_seconds = 30;
    std::size_t in_flight = kInFlightDefault;
};

class Submission {
public:
    Submission(AtWork& at_work, const SubmitOptions& options)
        : at_work_(at_work),
          answers_(options.in_flight),
          patience_(std::chrono::milliseconds(
                        static_cast<std::int64_t>(options.patience_seconds * 1000)) +
                    kGiveUpAfter) {}

    ~Submission() {
        // Answers still to come go to what is about to be destroyed.
        at_work_.node->close(std::chrono::milliseconds{0});
    }

    ExitCode run(LineReader& lines);

private:
    bool take(InputLine line);
    bool move_clock(std::uint64_t place, Date to);
    void give_up();
    void sum_up(const LineReader& lines, std::uint64_t last_line);

    AtWork& at_work_;
    AnswerQueue answers_;
    std::chrono::milliseconds patience_;
    bool gave_up_ = false;
};

ExitCode Submission::run(LineReader& lines) {
    Line line;
    std::uint64_t last_line = 0;
    {
        LinePipeline pipeline(*at_work_.ledger.sealer, lines.name(), [this](InputLine read) {
            if (!take(std::move(read))) give_up();
            return !gave_up_;
        });
        while (!stdout_closed() && lines.next(line)) {
            last_line = line.number;
            if (!pipeline.push(line)) break;
        }
    }
    if (last_line == 0 && !was_told_to_stop() && lines.failure().empty()) {
        say("benefits: " + lines.name() + " holds no command: give one JSON command a line");
        return ExitCode::usage;
    }
    if (!gave_up_ && !answers_.wait_for_all(patience_)) give_up();
    if (!gave_up_) at_work_.node->close(kClosePatience);
    answers_.finish();
    sum_up(lines, last_line);
    const bool whole = !gave_up_ && at_work_.node->stopped().empty() && !was_told_to_stop() &&
                       lines.failure().empty() && !stdout_closed();
    return whole ? answers_.worst() : worse(answers_.worst(), ExitCode::failed);
}

// False: no answer came for too long.
bool Submission::take(InputLine line) {
    if (!answers_.wait_for_room(patience_)) return false;
    if (line.clock && !answers_.wait_for_all(patience_)) return false;
    if (line.fault && !line.asked.partner.empty())
        line.fault->partition = at_work_.node->partition_of(PartnerId{line.asked.partner});
    const std::uint64_t place = answers_.open(std::move(line.asked));
    if (line.fault) {
        say(line.fault->reason);
        answers_.fill(place, *line.fault);
        return true;
    }
    if (line.clock) return move_clock(place, *line.clock);
    at_work_.node->submit(std::move(line.command),
                          [this, place](const Answer& answer) { answers_.fill(place, answer); });
    return true;
}

bool Submission::move_clock(std::uint64_t place, Date to) {
    const std::uint32_t partitions = at_work_.node->partitions();
    const auto moved = std::make_shared<GatheredAnswers>(partitions);
    for (std::uint32_t i = 0; i < partitions; ++i)
        at_work_.node->submit_to(PartitionId{i}, clock_command(to),
                                 [moved](const Answer& answer) { moved->add(answer); });
    const bool in_time = moved->wait(patience_);
    if (!in_time) give_up();
    answers_.fill(place, moved->worst());
    return in_time;
}

// Everything that is open is answered now, "unknown" where it may be in the log.
void Submission::give_up() {
    if (gave_up_) return;
    gave_up_ = true;
    at_work_.node->close(std::chrono::milliseconds{0});
}

void Submission::sum_up(const LineReader& lines, std::uint64_t last_line) {
    std::string sentence;
    for (const auto& [outcome, count] : answers_.counts())
        sentence += (sentence.empty() ? "" : ", ") + std::to_string(count) + " " + name_of(outcome);
    if (!sentence.empty()) say("benefits: " + sentence);
    if (!lines.failure().empty()) say("benefits: " + lines.failure());
    const std::string after =
        "; what follows line " + std::to_string(last_line) + " of " + lines.name() +
        " was not sent: send the whole input again, what was accepted stays as it is";
    if (gave_up_)
        say("benefits: no answer came in time; is the log reachable?" + after);
    else if (was_told_to_stop())
        say("benefits: told to stop" + after);
    else if (stdout_closed())
        say("benefits: nobody reads the answers any more" + after);
    if (const std::string why = at_work_.node->stopped(); !why.empty()) say("benefits: " + why);
}

ExitCode submit(LedgerPlace place, const SubmitOptions& options) {
    const auto lines = LineReader::open(options.file);
    if (!lines) {
        say("benefits: " + lines.error().message);
        return ExitCode::usage;
    }
    if (stdout_closed()) {
        say("benefits: nobody would read the answers, for stdout is closed; nothing was sent");
        return ExitCode::failed;
    }
    if (options.file == "-" && ::isatty(STDIN_FILENO) == 1)
        say("benefits: reading commands, one JSON object a line, until Ctrl-D");
    WriterSettings settings;
    settings.term_patience_ms = static_cast<std::int64_t>(options.patience_seconds * 1000);
    settings.node = node_name();
    place.patience = std::min(place.patience, std::chrono::milliseconds{settings.term_patience_ms});
    const auto at_work = open_at_work(place, settings);
    if (!at_work) return fail(at_work.error());
    let_signals_stop_reading();
    Submission submission(**at_work, options);
    return submission.run(**lines);
}

}  // namespace

void add_submit(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("submit", "Hands in commands and prints their answers");
    auto options = std::make_shared<SubmitOptions>();
    command
        .add_option("-f,--file", options->file, "JSON commands, one a line; - is stdin (default)")
        .type_name("FILE");
    command
        .add_option("--patience", options->patience_seconds,
                    "How long a command may wait for a log that can't be reached (default: 30)")
        .type_name("SECONDS")
        .within(0.1, 86'400.0);
    command
        .add_option("--in-flight", options->in_flight,
                    "Commands that wait for their answers at a time (default: " +
                        std::to_string(kInFlightDefault) + ")")
        .type_name("N")
        .within(std::size_t{1}, kInFlightMax);
    add_examples(command,
                 "  benefits submit -f docs/examples/action-pack.jsonl\n"
                 "  benefits generate --partners 100 --seed 1 | benefits submit | jq -r .outcome | "
                 "sort | uniq -c\n"
                 "  echo '{\"clock\": \"2021-02-01\"}' | benefits submit      moves a sandbox "
                 "ledger's clock\n"
                 "\n"
                 "A command that was accepted once gets the same answer whenever it is sent again "
                 "with the same id:\n"
                 "after a failure send the whole file again.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return submit(place, *options); };
    });
}

}  // namespace ledger::tools
