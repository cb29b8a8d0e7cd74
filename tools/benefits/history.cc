// `benefits history`
#include <memory>

#include "projections/queries.h"
#include "tools/benefits/at_work.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/event_text.h"
#include "tools/benefits/json_text.h"
#include "tools/benefits/show.h"
#include "tools/benefits/table.h"
#include "tools/benefits/unsealed.h"

namespace ledger::tools {
namespace {

struct HistoryOptions {
    std::string partner;
    bool unseal = false;
    Format format = Format::table;
};

// "2020-09-01" of a sandbox ledger, whose days begin at midnight; "2020-09-01 10:31:02" otherwise.
std::string shown_time(std::int64_t milliseconds) {
    const Time time{milliseconds};
    const std::string date = to_string(date_of(time));
    return time == start_of(date_of(time)) ? date : date + " " + to_string(time).substr(11, 8);
}

std::string who(const fb::Entry& entry) {
    const fb::Actor& actor = *entry.actor();
    const std::string id(text_of(actor.id()));
    return actor.kind() == fb::ActorKind::user
               ? id
               : id + " (" + fb::EnumNameActorKind(actor.kind()) + ")";
}

std::string details(const RecordView& record, const json::Style& style) {
    const std::string words = event_in_words(*record.body, style);
    const std::string reason(text_of(record.entry->reason()));
    return reason.empty() ? words : words + (words.empty() ? "" : "; ") + "reason: " + reason;
}

struct Rows {
    Table table;
    JsonList events;
    std::uint64_t count = 0;
};

Result<Rows> read_history(const AtWork& at_work, PartitionId partition,
                          const HistoryOptions& options) {
    Rows rows;
    rows.table.column("version", Align::right)
        .column("when")
        .column("what")
        .column("who")
        .column("details");
    rows.table.column("policy", Align::right);
    const json::Style style = json_style(*at_work.ledger.sealer, options.unseal);
    views::RowsHistory history(*at_work.ledger.rows);
    const auto replayed = history.replay(
        partition, PartnerId{options.partner}, [&](Position position, const RecordView& record) {
            const fb::Entry& entry = *record.entry;
            ++rows.count;
            if (options.format == Format::json) {
                const std::string json = json::to_json(entry, style);
                rows.events.add("{\"position\":" + std::to_string(number(position)) + "," +
                                json.substr(1));
                return;
            }
            rows.table.row({std::to_string(entry.version()), shown_time(entry.time()),
                            type_in_words(fb::EnumNameEvent(record.body->event_type())), who(entry),
                            details(record, style), std::to_string(entry.policy_version())});
        });
    if (!replayed) return replayed.error();
    return rows;
}

ExitCode history(const LedgerPlace& place, const HistoryOptions& options) {
    const auto at_work = open_caught_up(place);
    if (!at_work) return fail(at_work.error());
    const PartitionId partition = (*at_work)->partition_of(options.partner);
    const auto position = (*at_work)->position(partition);
    if (!position) return fail(position.error());
    const auto rows = read_history(**at_work, partition, options);
    if (!rows) return fail(rows.error());
    if (rows->count == 0) return partner_not_found(options.partner, partition, *position);
    if (options.format == Format::json) {
        JsonObject document;
        document.text("partner", options.partner).number("partition", number(partition));
        document.number("position", number(*position)).json("events", rows->events.line());
        print(indented(document.line()));
    } else {
        const Screen on = screen();
        print(title("History of " + options.partner + ", " + std::to_string(rows->count) +
                        " events (partition " + std::to_string(number(partition)) + ", position " +
                        std::to_string(number(*position)) + ")",
                    on) +
              rows->table.text(on));
    }
    return ExitCode::done;
}

}  // namespace

void add_history(CLI::App& parent, Action& chosen) {
    CLI::App& command =
        *parent.add_subcommand("history", "Lists all that happened to a partner, and who did it");
    auto options = std::make_shared<HistoryOptions>();
    add_partner(command, options->partner);
    add_unseal(command, options->unseal);
    add_format(command, options->format);
    add_examples(
        command,
        "  benefits history contoso\n"
        "  benefits history contoso -o json | jq -c '.events[] | [.version, .body.type]'\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return history(place, *options); };
    });
}

}  // namespace ledger::tools
