// `benefits history`
#include <memory>

#include "projections/queries.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/event_text.h"
#include "tools/benefits/event_words.h"
#include "tools/benefits/format.h"
#include "tools/benefits/json_text.h"
#include "tools/benefits/partner_query.h"
#include "tools/benefits/rows_text.h"
#include "tools/benefits/rule_text.h"
#include "tools/benefits/table.h"
#include "tools/benefits/unsealed.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kHistoryColumns[] = {
    "version", "time",       "body.type", "words", "actor.kind", "actor.id",       "actor.roles",
    "reason",  "command_id", "corrects",  "rules", "seq",        "policy_version", "position",
};

struct HistoryOptions {
    std::string partner;
    bool unseal = false;
    Format format = Format::table;
};

// What happened, and what it mends.
std::string details(const RecordView& record, const json::Style& style) {
    std::string words = event_words(*record.body, style);
    if (const std::uint64_t version = record.entry->corrects(); version != 0)
        words += (words.empty() ? "" : "; ") + std::string("corrects version ") +
                 std::to_string(version);
    return words;
}

// The entry as the codec writes it, with what a reader would have to work out.
std::string event_line(Position position, const RecordView& record, const json::Style& style) {
    JsonList rules;
    for (const std::string_view rule : rules_of(record.body->event_type())) rules.add_text(rule);
    JsonObject line;
    line.number("position", number(position)).text("words", details(record, style));
    line.json("rules", rules.line());
    const std::string entry = json::to_json(*record.entry, style);
    std::string joined = line.line();
    joined.back() = ',';
    return joined + entry.substr(1);
}

struct Rows {
    Table table;
    std::vector<std::string> events;
    std::uint64_t count = 0;
};

Result<Rows> read_history(const PartnerQuery& query, const HistoryOptions& options) {
    Rows rows;
    rows.table.column("version", Align::right).column("when").column("what").column("who");
    rows.table.column("as").column("details").column("reason").column("policy", Align::right);
    const json::Style style = json_style(*query.opened().sealer, options.unseal);
    views::RowsHistory history(*query.opened().rows);
    const auto replayed = history.replay(
        query.partition, query.partner, [&](Position position, const RecordView& record) {
            const fb::Entry& entry = *record.entry;
            ++rows.count;
            if (options.format != Format::table)
                return rows.events.push_back(event_line(position, record, style));
            rows.table.row({std::to_string(entry.version()), shown_time(entry.time()),
                            type_in_words(fb::EnumNameEvent(record.body->event_type())),
                            who_acted(entry), acted_as(entry), details(record, style),
                            std::string(text_of(entry.reason())),
                            std::to_string(entry.policy_version())});
        });
    if (!replayed) return replayed.error();
    return rows;
}

ExitCode history(const LedgerPlace& place, const HistoryOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    if (const auto may = check_unseal(query->opened(), options.unseal); !may)
        return fail(may.error());
    const auto rows = read_history(*query, options);
    if (!rows) return fail(rows.error());
    if (rows->count == 0) return fail(no_such_partner(*query));
    if (is_rows(options.format)) {
        print(rows_text(options.format, rows->events, kHistoryColumns));
    } else if (options.format == Format::json) {
        JsonList events;
        for (const std::string& event : rows->events) events.add(event);
        JsonObject document;
        document.text("partner", options.partner).number("partition", number(query->partition));
        document.number("position", number(query->position)).json("events", events.line());
        print(indented(document.line()));
    } else {
        const Screen on = screen();
        print(title("History of " + options.partner + ", " + std::to_string(rows->count) +
                        " events (partition " + std::to_string(number(query->partition)) +
                        ", position " + std::to_string(number(query->position)) + ")",
                    on) +
              rows->table.text(on));
    }
    return ExitCode::done;
}

}  // namespace

void add_history(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("history", "Lists all that happened to a partner, and who did it");
    auto options = std::make_shared<HistoryOptions>();
    add_partner(command, options->partner);
    add_unseal(command, options->unseal);
    add_list_format(command, options->format);
    add_examples(command,
                 "  benefits history contoso\n"
                 "  benefits history contoso -o json | jq -c '.events[] | [.version, .body.type]'\n"
                 "  benefits history contoso -o csv > contoso.csv\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return history(place, *options); };
    });
}

}  // namespace ledger::tools
