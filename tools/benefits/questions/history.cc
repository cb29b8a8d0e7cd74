// `benefits history`
#include <memory>
#include <optional>

#include "events/actions.h"
#include "projections/queries.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/list_document.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/event_text.h"
#include "tools/benefits/screens/event_words.h"
#include "tools/benefits/screens/rule_text.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kHistoryColumns[] = {
    "version", "time",       "body.type", "words", "actor.kind", "actor.id",       "actor.roles",
    "reason",  "command_id", "corrects",  "rules", "seq",        "policy_version", "position",
};

struct HistoryOptions {
    std::string partner;
    bool unseal = false;
    ListFormat format;
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
    for (const std::string_view rule : kind_of(record.body->event_type()).rules)
        rules.add_text(rule);
    JsonObject line;
    line.number("position", number(position)).text("words", details(record, style));
    line.json("rules", rules.line());
    const std::string entry = json::to_json(*record.entry, style);
    std::string joined = line.line();
    joined.back() = ',';
    return joined + entry.substr(1);
}

// Events as they come. Nothing is printed before the first: there may be no such partner.
class PrintedHistory {
public:
    PrintedHistory(const PartnerQuery& query, const HistoryOptions& options)
        : query_(query),
          options_(options),
          style_(json_style(*query.opened().sealer, options.unseal)) {
        table_.column("version", Align::right).column("when").column("what").column("who");
        table_.column("as").column("details").column("reason").column("policy", Align::right);
    }

    void add(Position position, const RecordView& record);
    void finish();
    std::uint64_t count() const { return count_; }

private:
    void begin();

    const PartnerQuery& query_;
    const HistoryOptions& options_;
    json::Style style_;
    std::uint64_t count_ = 0;
    Table table_;
    std::optional<RowsPrinter> rows_;
    std::optional<ListDocumentPrinter> document_;
};

void PrintedHistory::begin() {
    if (is_rows(options_.format)) {
        rows_.emplace(options_.format, kHistoryColumns);
    } else if (options_.format == Format::json) {
        JsonObject head;
        head.text("partner", options_.partner).number("partition", number(query_.partition));
        document_.emplace(head.number("position", number(query_.position)), "events");
    }
}

void PrintedHistory::add(Position position, const RecordView& record) {
    if (count_++ == 0) begin();
    const fb::Entry& entry = *record.entry;
    if (rows_)
        rows_->row(event_line(position, record, style_));
    else if (document_)
        document_->element(event_line(position, record, style_));
    else
        table_.row({std::to_string(entry.version()), shown_time(entry.time()),
                    type_in_words(fb::EnumNameEvent(record.body->event_type())), who_acted(entry),
                    acted_as(entry), details(record, style_), std::string(text_of(entry.reason())),
                    std::to_string(entry.policy_version())});
}

void PrintedHistory::finish() {
    if (document_) document_->finish();
    if (rows_ || document_) return;
    const Screen on = screen();
    print(title("History of " + options_.partner + ", " + std::to_string(count_) +
                    " events (partition " + std::to_string(number(query_.partition)) +
                    ", position " + std::to_string(number(query_.position)) + ")",
                on) +
          table_.text(on));
}

ExitCode history(const LedgerPlace& place, const HistoryOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    if (const auto may = check_unseal(query->opened(), options.unseal); !may)
        return fail(may.error());
    PrintedHistory printed(*query, options);
    const auto replayed = views::replay(
        *query->rows, query->partition, query->partner,
        [&](Position position, const RecordView& record) { printed.add(position, record); });
    if (!replayed) return fail(replayed.error());
    if (printed.count() == 0) return fail(no_such_partner(*query));
    printed.finish();
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
