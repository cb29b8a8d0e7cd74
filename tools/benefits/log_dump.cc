// `benefits log dump`: every record as it stands in the log, judged from the beginning, one JSON
// line each.
#include <algorithm>
#include <memory>
#include <optional>

#include "events/reading.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/output.h"
#include "tools/benefits/record_text.h"
#include "tools/benefits/unsealed.h"

namespace ledger::tools {
namespace {

constexpr std::chrono::milliseconds kReadPatience{10'000};

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

    // False: the reader of stdout has gone.
    Result<bool> partition(PartitionId partition);

private:
    Result<bool> records(const log::ReadBatch& batch, Reading& reading);

    log::Log& log_;
    const DumpOptions& options_;
    json::Style style_;
    Bytes scratch_;
};

Result<bool> Dump::partition(PartitionId partition) {
    const auto end = log_.end(partition);
    if (!end) return end.error();
    const log::ReadFrom from{partition, Position{0}};
    const auto cursor = log_.read({&from, 1});
    if (!cursor) return cursor.error();
    Reading reading;
    auto until = std::chrono::steady_clock::now() + kReadPatience;
    while (reading.next < *end) {
        const auto batches =
            (*cursor)->poll(std::chrono::milliseconds{200}, limits::kReadMaxRecords);
        if (!batches) return batches.error();
        for (const log::ReadBatch& batch : *batches) {
            const auto printed = records(batch, reading);
            if (!printed || !*printed) return printed;
        }
        const auto now = std::chrono::steady_clock::now();
        if (!batches->empty()) until = now + kReadPatience;
        // What is missing before the end are positions without a record.
        if (now >= until) break;
    }
    return true;
}

Result<bool> Dump::records(const log::ReadBatch& batch, Reading& reading) {
    std::string lines;
    for (const log::StoredRecord& stored : batch.records) {
        const auto judged = read_next(reading, stored.position, aligned(stored.bytes, scratch_));
        if (!judged) {
            print(lines);
            return error("partition " + std::to_string(number(batch.partition)) + " " +
                         judged.error().message);
        }
        if (number(stored.position) >= options_.from)
            lines += record_line(batch.partition, *judged, style_);
    }
    return print(lines);
}

ExitCode log_dump(const LedgerPlace& place, const DumpOptions& options) {
    auto ledger = open_log_only(place);
    if (!ledger) return fail(ledger.error());
    if (const auto may = check_unseal(*ledger, options.unseal); !may) return fail(may.error());
    for (const std::string& note : ledger->notes) say("benefits: " + note);
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
