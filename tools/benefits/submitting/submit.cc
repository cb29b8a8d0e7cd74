// `benefits submit`: commands in, one answer a line out, in the order of the input. Commands are
// pipelined; those of one partner are decided in the order of the input. A line that moves the
// clock waits for everything before it.
#include <unistd.h>

#include <memory>

#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/end_in_time.h"
#include "tools/benefits/cli/line_reader.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/submitting/submission.h"

namespace ledger::tools {
namespace {

// Below the bound of a writer's queue, so that it is never too busy for us.
constexpr std::size_t kInFlightMax = limits::kQueueMaxCommands;

struct SubmitOptions {
    std::string file = "-";
    double patience_seconds = 30;
    std::size_t in_flight = SubmissionSettings{}.in_flight;
};

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
    const std::chrono::milliseconds patience{
        static_cast<std::int64_t>(options.patience_seconds * 1000)};
    WriterSettings settings;
    settings.term_patience_ms = patience.count();
    settings.node = node_name();
    place.patience = std::min(place.patience, patience);
    place.keys_patience = patience;
    EndInTime end_in_time(ExitCode::unknown);
    const auto at_work = open_at_work(place, settings);
    if (!at_work) return fail(at_work.error());
    let_signals_stop_reading();
    Submission submission(**at_work, end_in_time, {patience, options.in_flight});
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
                    "How long a command may wait for a log, or for keys, that can't be reached "
                    "(default: 30)")
        .type_name("SECONDS")
        .within(0.1, 86'400.0);
    command
        .add_option("--in-flight", options->in_flight,
                    "Commands that wait for their answers at a time (default: " +
                        std::to_string(options->in_flight) + ")")
        .type_name("N")
        .within(std::size_t{1}, kInFlightMax);
    add_examples(
        command,
        "  benefits submit -f docs/examples/action-pack.jsonl\n"
        "  benefits generate --partners 100 --seed 1 | benefits submit | jq -r .outcome | "
        "sort | uniq -c\n"
        "  echo '{\"clock\": \"2021-02-01\"}' | benefits submit      moves a sandbox "
        "ledger's clock\n"
        "\n"
        "A command that was accepted once gets the same answer whenever it is sent again "
        "with the same id:\n"
        "after a failure send the whole file again. Behind a command that came to no answer, "
        "the later ones\n"
        "of the same partner are not decided: they fail with 'after-failed'.\n");
    command.callback([options, &chosen] {
        chosen.pages = false;
        chosen.run = [options](const LedgerPlace& place) { return submit(place, *options); };
    });
}

}  // namespace ledger::tools
