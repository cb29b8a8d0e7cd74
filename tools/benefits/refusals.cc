// `benefits refusals`
#include <memory>

#include "events/json/encode.h"
#include "tools/benefits/at_work.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/event_text.h"
#include "tools/benefits/format.h"
#include "tools/benefits/json_text.h"
#include "tools/benefits/ledger_clock.h"
#include "tools/benefits/output.h"
#include "tools/benefits/rows_text.h"
#include "tools/benefits/table.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kRefusalsColumns[] = {
    "at",   "partner", "command",  "command_id", "actor",   "code",
    "rule", "reason",  "earliest", "partition",  "version", "position",
};

struct RefusalsOptions {
    std::string partner;
    ListFormat format;
};

std::string row_json(const fb::RefusalRowT& row) {
    flatbuffers::FlatBufferBuilder builder(512);
    builder.Finish(fb::CreateRefusalRow(builder, &row));
    const Bytes bytes(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
    return json::to_json("RefusalRow", bytes);
}

std::string shown_time(std::int64_t milliseconds) {
    std::string time = to_string(Time{milliseconds}).substr(0, 19);
    time[10] = ' ';
    return time;
}

std::string tables(const std::vector<fb::RefusalRowT>& rows, const RefusalsOptions& options) {
    const Screen on = screen();
    const std::string whose = options.partner.empty() ? "all partners" : options.partner;
    if (rows.empty())
        return title("No refusals of " + whose + " in the last " +
                         std::to_string(views::kRefusalDays) + " days",
                     on);
    Table table;
    table.column("asked at")
        .column("partner")
        .column("command")
        .column("who")
        .column("code")
        .column("rule");
    table.column("reason").column("earliest");
    for (const fb::RefusalRowT& row : rows)
        table.row({shown_time(row.at), options.partner.empty() ? row.partner : "",
                   type_in_words(row.command) + ": " + row.command_id, row.actor, row.code,
                   row.rule, row.reason, row.earliest ? to_string(Date{*row.earliest}) : ""});
    return title("Refusals of " + whose + ", " + std::to_string(rows.size()), on) + table.text(on);
}

ExitCode refusals(const LedgerPlace& place, const RefusalsOptions& options) {
    const auto ledger = open_views(place);
    if (!ledger) return fail(ledger.error());
    const auto rows = ledger->refusals->list(PartnerId{options.partner}, wall_date());
    if (!rows) return fail(rows.error());
    if (options.format == Format::table) {
        print(tables(*rows, options));
        return ExitCode::done;
    }
    std::vector<std::string> lines;
    for (const fb::RefusalRowT& row : *rows) lines.push_back(row_json(row));
    if (is_rows(options.format)) {
        print_rows(options.format, lines, kRefusalsColumns);
        return ExitCode::done;
    }
    JsonList list;
    for (const std::string& line : lines) list.add(line);
    JsonObject document;
    document.json("refusals", list.line());
    print(indented(document.line()));
    return ExitCode::done;
}

}  // namespace

void add_refusals(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("refusals", "Lists what was refused here, and why");
    auto options = std::make_shared<RefusalsOptions>();
    add_partner(command, options->partner, false);
    add_list_format(command, options->format);
    add_examples(command,
                 "  benefits refusals\n"
                 "  benefits refusals contoso -o json | jq -r '.refusals[].code' | sort | uniq -c\n"
                 "\n"
                 "Refusals are no part of the ledger: each node keeps those it gave for " +
                     std::to_string(views::kRefusalDays) + " days.\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return refusals(place, *options); };
    });
}

}  // namespace ledger::tools
