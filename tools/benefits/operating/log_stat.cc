// `benefits log stat`
#include <memory>

#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/stat_text.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kLogStatColumns[] = {
    "partition", "next",   "seq",  "epoch",        "applied",      "void",        "control",
    "absent",    "claims", "root", "history_rows", "receipt_rows", "version_sum", "complete",
};

std::vector<std::string> rows(const std::vector<views::Completeness>& partitions) {
    std::vector<std::string> rows;
    rows.reserve(partitions.size());
    for (const views::Completeness& partition : partitions)
        rows.push_back(partition_json(partition));
    return rows;
}

std::string json(const Ledger& ledger, const std::vector<views::Completeness>& partitions,
                 const Total& total) {
    JsonList list;
    for (const views::Completeness& partition : partitions) list.add(partition_json(partition));
    JsonObject document;
    document.text("ledger", to_hex(ledger.id)).flag("sandbox", ledger.sandbox);
    document.json("total", total_json(total)).json("partitions", list.line());
    return indented(document.line());
}

std::string tables(const Ledger& ledger, const std::vector<views::Completeness>& partitions,
                   const Total& total) {
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
                         const Counts& counts, bool complete) {
        table.row({std::move(name), std::move(next), std::move(epoch),
                   std::to_string(counts.applied), std::to_string(counts.voided),
                   std::to_string(counts.control), std::to_string(counts.absent),
                   std::to_string(counts.claims), complete ? "yes" : "NO"});
    };
    for (const views::Completeness& partition : partitions)
        row(std::to_string(number(partition.partition)),
            std::to_string(number(partition.reading.next)),
            std::to_string(partition.reading.judge.epoch), partition.reading.counts,
            partition.holds());
    row("all", "", "", total.counts, total.complete);
    return title("Ledger " + to_hex(ledger.id) + (ledger.sandbox ? ", sandbox" : ""), on) +
           table.text(on) + "\n" + paragraph(kCompleteMeans, on);
}

ExitCode log_stat(const LedgerPlace& place, const ListFormat& format) {
    const auto at_work = open_caught_up(place);
    if (!at_work) return fail(at_work.error());
    (*at_work)->node->close(kClosePatience);
    const Ledger& ledger = (*at_work)->ledger;
    const auto partitions =
        views::count_everything(*ledger.rows->snapshot(), (*at_work)->node->partitions());
    if (!partitions) return fail(partitions.error());
    const Total total = total_of(*partitions);
    if (is_rows(format))
        print_rows(format, rows(*partitions), kLogStatColumns);
    else
        print(format == Format::json ? json(ledger, *partitions, total)
                                     : tables(ledger, *partitions, total));
    if (total.complete) return ExitCode::done;
    say("benefits: the numbers of a partition don't agree; 'benefits verify' says where");
    return ExitCode::failed;
}

}  // namespace

void add_log_stat(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("stat", "Counts records by verdict, and says whether all is there");
    auto format = std::make_shared<ListFormat>();
    add_list_format(command, *format);
    add_examples(command,
                 "  benefits log stat\n"
                 "  benefits log stat -o json | jq '.total | .void / .records'\n"
                 "  benefits log stat -o csv\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return log_stat(place, *format); };
    });
}

}  // namespace ledger::tools
