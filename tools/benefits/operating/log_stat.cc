// `benefits log stat`
#include <memory>

#include "projections/answers/stat.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/stat_text.h"

namespace ledger::tools {
namespace {

std::string tables(const Ledger& ledger, const fb::LogStatT& stat) {
    const Screen on = screen();
    Table table;
    table.column("partition", Align::right)
        .column("next", Align::right)
        .column("epoch", Align::right);
    table.column("entries", Align::right)
        .column("void", Align::right)
        .column("control", Align::right);
    table.column("absent", Align::right).column("claims", Align::right).column("complete");
    const auto row = [&](std::string name, std::string next, std::string epoch,
                         const fb::RecordCountsT& counts, bool complete) {
        table.row({std::move(name), std::move(next), std::move(epoch),
                   std::to_string(counts.applied), std::to_string(counts.void_),
                   std::to_string(counts.control), std::to_string(counts.absent),
                   std::to_string(counts.claims), complete ? "yes" : "NO"});
    };
    for (const fb::PartitionCountT& each : stat.partitions)
        row(std::to_string(each.partition), std::to_string(each.next), std::to_string(each.epoch),
            *each.records, each.complete);
    row("all", "", "", *stat.total->counts, stat.total->complete);
    return title("Ledger " + to_hex(ledger.id) + (ledger.sandbox ? ", sandbox" : ""), on) +
           table.text(on) + "\n" + paragraph(kCompleteMeans, on);
}

ExitCode log_stat(const LedgerPlace& place, const ListFormat& format) {
    const auto at_work = open_caught_up(place, StoppedPartition::fails);
    if (!at_work) return fail(at_work.error());
    (*at_work)->node->close(kClosePatience);
    const Ledger& ledger = (*at_work)->ledger;
    const auto partitions =
        views::count_everything(*ledger.rows->snapshot(), (*at_work)->node->partitions());
    if (!partitions) return fail(partitions.error());
    const fb::LogStatT stat = answers::log_stat(ledger.id, ledger.sandbox, *partitions);
    print_list(format, stat, stat.partitions, [&] { return tables(ledger, stat); });
    if (stat.total->complete) return ExitCode::done;
    say("benefits: the counts of a partition don't agree with each other; 'benefits verify' says "
        "where");
    return ExitCode::failed;
}

}  // namespace

void add_log_stat(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("stat", "Counts records by verdict, and says whether all is there");
    auto format = std::make_shared<ListFormat>();
    add_format(command, *format);
    add_examples(command,
                 "  benefits log stat\n"
                 "  benefits log stat -o json | jq '.total | .void / .records'\n"
                 "  benefits log stat -o csv\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return log_stat(place, *format); };
    });
}

}  // namespace ledger::tools
