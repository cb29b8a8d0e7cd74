// `benefits log stat`
#include <memory>

#include "projections/queries.h"
#include "tools/benefits/at_work.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/json_text.h"
#include "tools/benefits/output.h"
#include "tools/benefits/table.h"

namespace ledger::tools {
namespace {

struct Total {
    std::uint64_t records = 0;
    Counts counts;
    std::uint64_t history_rows = 0;
    bool complete = true;

    void add(const views::Completeness& partition) {
        const Counts& more = partition.reading.counts;
        counts.applied += more.applied;
        counts.voided += more.voided;
        counts.control += more.control;
        counts.absent += more.absent;
        counts.claims += more.claims;
        records += more.applied + more.voided + more.control;
        history_rows += partition.history_rows;
        complete = complete && partition.holds();
    }
};

void add_counts(JsonObject& object, const Counts& counts) {
    object.number("applied", counts.applied)
        .number("void", counts.voided)
        .number("control", counts.control);
    object.number("absent", counts.absent).number("claims", counts.claims);
}

std::string partition_json(const views::Completeness& partition) {
    JsonObject object;
    object.number("partition", number(partition.partition))
        .number("next", number(partition.reading.next));
    object.number("seq", partition.reading.judge.seq)
        .number("epoch", partition.reading.judge.epoch);
    add_counts(object, partition.reading.counts);
    object.number("tree_size", partition.reading.judge.frontier.size());
    object.text("root", to_hex(partition.reading.judge.frontier.root()));
    object.number("history_rows", partition.history_rows)
        .number("receipt_rows", partition.receipt_rows);
    object.number("version_sum", partition.version_sum).flag("complete", partition.holds());
    return object.line();
}

std::string json(const Ledger& ledger, const std::vector<views::Completeness>& partitions,
                 const Total& total) {
    JsonList list;
    for (const views::Completeness& partition : partitions) list.add(partition_json(partition));
    JsonObject sum;
    sum.number("records", total.records);
    add_counts(sum, total.counts);
    sum.number("history_rows", total.history_rows).flag("complete", total.complete);
    JsonObject document;
    document.text("ledger", to_hex(ledger.id)).flag("sandbox", ledger.sandbox);
    document.json("total", sum.line()).json("partitions", list.line());
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
           table.text(on) + "\n" +
           paragraph(
               "Complete: last seq = tree size = sum of versions = rows of history = rows of "
               "receipts, and "
               "entries + void + control + absent = positions.",
               on);
}

ExitCode log_stat(const LedgerPlace& place, Format format) {
    const auto at_work = open_caught_up(place);
    if (!at_work) return fail(at_work.error());
    (*at_work)->node->close(kClosePatience);
    const Ledger& ledger = (*at_work)->ledger;
    const auto partitions = views::count_everything(*ledger.rows, (*at_work)->node->partitions());
    if (!partitions) return fail(partitions.error());
    Total total;
    for (const views::Completeness& partition : *partitions) total.add(partition);
    print(format == Format::json ? json(ledger, *partitions, total)
                                 : tables(ledger, *partitions, total));
    if (total.complete) return ExitCode::done;
    say("benefits: the numbers of a partition don't agree; 'benefits verify' says where");
    return ExitCode::failed;
}

}  // namespace

void add_log_stat(CLI::App& parent, Action& chosen) {
    CLI::App& command =
        *parent.add_subcommand("stat", "Counts records by verdict, and says whether all is there");
    auto format = std::make_shared<Format>(Format::table);
    add_format(command, *format);
    add_examples(command,
                 "  benefits log stat\n"
                 "  benefits log stat -o json | jq '.total | .void / .records'\n");
    command.callback([format, &chosen] {
        chosen.run = [format](const LedgerPlace& place) { return log_stat(place, *format); };
    });
}

}  // namespace ledger::tools
