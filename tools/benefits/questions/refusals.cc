// `benefits refusals`
#include <memory>
#include <optional>

#include "projections/queries.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/json_text.h"
#include "tools/benefits/cli/language.h"
#include "tools/benefits/cli/list_document.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/answer_text.h"
#include "tools/benefits/screens/event_text.h"

namespace ledger::tools {
namespace {

constexpr std::string_view kRefusalsColumns[] = {
    "at",     "partner", "command",  "command_id", "actor",   "code",     "rule",
    "reason", "values",  "earliest", "partition",  "version", "position",
};

struct RefusalsOptions {
    std::string partner;
    ListFormat format;
};

std::string asked_at(std::int64_t milliseconds) {
    std::string time = to_string(Time{milliseconds}).substr(0, 19);
    time[10] = ' ';
    return time;
}

// Of a sentence that another version of this program made, its key.
std::string reason_of(const fb::RefusalRow& row) {
    const auto said = views::said_in(row);
    return said ? sentence_of(*said, language()) : row.said()->str();
}

std::string json_of(const fb::RefusalRow& row) {
    const auto said = views::said_in(row);
    JsonObject object;
    object.text("partner", row.partner()->string_view());
    object.text("command_id", row.command_id()->string_view());
    object.text("command", row.command()->string_view());
    object.text("actor", row.actor()->string_view());
    object.text("code", row.code()->string_view()).text("rule", row.rule()->string_view());
    object.text("reason", reason_of(row));
    if (said && !said->values.empty()) object.json("values", values_json(*said));
    if (const auto earliest = row.earliest()) object.text("earliest", to_string(Date{*earliest}));
    object.text("at", to_string(Time{row.at()}));
    object.number("partition", row.partition()).number("version", row.version());
    return object.number("position", row.position()).line();
}

// Nothing is printed before the first refusal: there may be none, and no such partner.
class PrintedRefusals {
public:
    explicit PrintedRefusals(const RefusalsOptions& options) : options_(options) {
        table_.column("asked at").column("partner").column("command").column("who").column("code");
        table_.column("rule").column("reason").column("earliest");
    }

    // False once stdout is gone.
    bool add(const fb::RefusalRow& row);
    void finish();
    std::uint64_t count() const { return count_; }

private:
    void begin();
    void add_to_table(const fb::RefusalRow& row);

    const RefusalsOptions& options_;
    std::uint64_t count_ = 0;
    Table table_;
    std::optional<RowsPrinter> rows_;
    std::optional<ListDocumentPrinter> document_;
};

void PrintedRefusals::begin() {
    if (is_rows(options_.format))
        rows_.emplace(options_.format, kRefusalsColumns);
    else if (options_.format == Format::json)
        document_.emplace(JsonObject(), "refusals");
}

bool PrintedRefusals::add(const fb::RefusalRow& row) {
    if (count_++ == 0) begin();
    if (rows_) return rows_->row(json_of(row));
    if (document_) return document_->element(json_of(row));
    add_to_table(row);
    return true;
}

void PrintedRefusals::add_to_table(const fb::RefusalRow& row) {
    const auto earliest = row.earliest();
    table_.row({asked_at(row.at()), options_.partner.empty() ? row.partner()->str() : "",
                type_in_words(row.command()->string_view()) + ": " + row.command_id()->str(),
                row.actor()->str(), row.code()->str(), row.rule()->str(), reason_of(row),
                earliest ? to_string(Date{*earliest}) : ""});
}

void PrintedRefusals::finish() {
    if (count_ == 0) begin();
    if (document_) document_->finish();
    if (rows_ || document_) return;
    const Screen on = screen();
    const std::string whose = options_.partner.empty() ? "all partners" : options_.partner;
    if (count_ == 0)
        print(title("No refusals of " + whose + " in the last " +
                        std::to_string(views::kRefusalDays) + " days",
                    on));
    else
        print(title("Refusals of " + whose + ", " + std::to_string(count_), on) + table_.text(on));
}

Result<std::uint64_t> print_refusals(const Ledger& ledger, PrintedRefusals& printed,
                                     const RefusalsOptions& options) {
    const auto read =
        ledger.refusals->each(PartnerId{options.partner}, wall_date(),
                              [&](const fb::RefusalRow& row) { return printed.add(row); });
    if (!read) return read.error();
    return printed.count();
}

ExitCode refusals_of_all(const LedgerPlace& place, const RefusalsOptions& options) {
    const auto ledger = open_views(place);
    if (!ledger) return fail(ledger.error());
    PrintedRefusals printed(options);
    if (const auto count = print_refusals(*ledger, printed, options); !count)
        return fail(count.error());
    printed.finish();
    return ExitCode::done;
}

// Somebody who is no partner may have been refused something too.
ExitCode refusals_of_one(const LedgerPlace& place, const RefusalsOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    PrintedRefusals printed(options);
    const auto count = print_refusals(query->opened(), printed, options);
    if (!count) return fail(count.error());
    if (*count == 0) {
        const auto partner = views::find_partner(*query->rows, query->partner);
        if (!partner) return fail(partner.error());
        if (!*partner) return fail(no_such_partner(*query));
    }
    printed.finish();
    return ExitCode::done;
}

ExitCode refusals(const LedgerPlace& place, const RefusalsOptions& options) {
    return options.partner.empty() ? refusals_of_all(place, options)
                                   : refusals_of_one(place, options);
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
