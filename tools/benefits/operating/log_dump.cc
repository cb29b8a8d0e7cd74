// `benefits log dump`: every record as it stands in the log, judged from the beginning, one JSON
// line each.
#include <algorithm>
#include <memory>
#include <optional>

#include "consumers/read_partition.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/screens/record_text.h"

namespace ledger::tools {
namespace {

struct DumpOptions {
    std::optional<std::uint32_t> partition;
    std::uint64_t from = 0;
    bool unseal = false;
};

class Dump {
public:
    Dump(Ledger& ledger, const DumpOptions& options)
        : log_(*ledger.log),
          options_(options),
          style_(json_style(*ledger.sealer, options.unseal)) {}

    // False: stdout has gone. What was read before an error is printed.
    Result<bool> partition(PartitionId partition);

private:
    log::Log& log_;
    const DumpOptions& options_;
    json::Style style_;
};

Result<bool> Dump::partition(PartitionId partition) {
    const auto end = log_.end(partition);
    if (!end) return end.error();
    std::string lines;
    bool printed = true;
    const auto take = [&](const Judged& judged, const Reading& after) -> Result<bool> {
        if (number(after.last) >= options_.from) lines += record_line(partition, judged, style_);
        if (lines.size() < kPrintedAtATimeBytes) return true;
        printed = print(lines);
        lines.clear();
        return printed;
    };
    const auto read = read_partition(log_, partition, *end, take);
    printed = print(lines) && printed;
    if (!read) return read.error();
    return printed;
}

ExitCode log_dump(const LedgerPlace& place, const DumpOptions& options) {
    auto ledger = open_log_only(place);
    if (!ledger) return fail(ledger.error());
    if (const auto may = check_unseal(*ledger, options.unseal); !may) return fail(may.error());
    say_notes(*ledger);
    const std::uint32_t partitions = ledger->log->partitions();
    if (options.partition && *options.partition >= partitions) {
        say("benefits: the ledger has the partitions 0 to " + std::to_string(partitions - 1) +
            ", no partition " + std::to_string(*options.partition));
        return ExitCode::usage;
    }
    ExitCode code = ExitCode::done;
    Dump dump(*ledger, options);
    const std::uint32_t first = options.partition.value_or(0);
    const std::uint32_t last = options.partition.value_or(partitions - 1);
    for (std::uint32_t i = first; i <= last; ++i) {
        const auto printed = dump.partition(PartitionId{i});
        if (!printed)
            code = worse(code, fail(printed.error()));
        else if (!*printed)
            break;
    }
    return code;
}

}  // namespace

void add_log_dump(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("dump", "Prints every record with its verdict, one JSON line each");
    auto options = std::make_shared<DumpOptions>();
    command.add_option("--partition", options->partition, "Only this partition").type_name("N");
    command.add_option("--from", options->from, "Only from this position on").type_name("POSITION");
    add_unseal(command, options->unseal);
    add_examples(
        command,
        "  benefits log dump | jq -c 'select(.partner == \"contoso\") | [.seq, .type, .payload]'\n"
        "  benefits log dump --partition 3 --from 1000\n"
        "\n"
        "`verdict` is applied, control or void, and then `why` says the reason.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return log_dump(place, *options); };
    });
}

}  // namespace ledger::tools
