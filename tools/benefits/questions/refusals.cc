// `benefits refusals`
#include <memory>

#include "events/json/expect.h"
#include "events/json/forms.h"
#include "events/record.h"
#include "projections/answers/history.h"
#include "projections/answers/refusal_list.h"
#include "screen_words_generated.h"
#include "tools/benefits/asking/at_work.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/asking/page_options.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/list_printer.h"
#include "tools/benefits/screens/page_text.h"
#include "tools/benefits/screens/words.h"
#include "tools/benefits/submitting/typed_command.h"

namespace ledger::tools {
namespace {

struct RefusalsOptions {
    std::string partner;
    std::string support;  // this one looks, or
    std::string auditor;  // this one
    answers::Page page;
    ListFormat format;
};

std::string asked_at(std::int64_t milliseconds) {
    std::string time = to_string(Time{milliseconds}).substr(0, 19);
    time[10] = ' ';
    return time;
}

Table refusal_columns() {
    Table table;
    table.column(words::column_when()).column(words::column_partner());
    table.column(words::column_command()).column(words::column_who());
    table.column(words::column_code()).column(words::column_rule());
    table.column(words::column_reason()).column(words::column_earliest());
    return table;
}

std::vector<std::string> refusal_cells(const fb::RefusalLine& row, bool of_one) {
    const auto earliest = row.earliest();
    return {asked_at(row.time()),
            of_one ? "" : row.partner()->str(),
            command_name(row.command()->string_view()) + ": " + row.command_id()->str(),
            row.actor()->id()->str(),
            row.code()->str(),
            row.rule()->str(),
            row.reason()->str(),
            earliest ? to_string(Date{*earliest}) : ""};
}

std::string refusals_title(const RefusalsOptions& options, std::optional<std::uint64_t> count) {
    const std::string page = page_in_words(options.page);
    const std::string partner = options.partner.empty() ? words::all_partners() : options.partner;
    const std::string whose = page.empty() ? partner : words::whose_page(partner, page);
    if (count == 0U) return words::refused_none(whose, std::to_string(views::kRefusalDays));
    return count ? words::refused_count(whose, std::to_string(*count))
                 : words::refused_title(whose);
}

fb::RefusalListT asked_by(const RefusalsOptions& options) {
    fb::RefusalListT document;
    document.asked_by = std::make_unique<fb::ActorT>();
    const bool support = !options.support.empty();
    document.asked_by->kind = support ? fb::ActorKind::support : fb::ActorKind::auditor;
    document.asked_by->id = support ? options.support : options.auditor;
    document.asked_by->authentication = kAuthentication;
    return document;
}

// What is printed when nothing of the list was yet: that there is no such partner, or that nothing
// was refused.
using AtTheEnd = std::function<Result<std::optional<NotThere>>()>;

ExitCode print_refusals(const Ledger& ledger, const RefusalsOptions& options,
                        const AtTheEnd& when_none) {
    const auto today = earliest_day(ledger);
    if (!today) return fail(today.error());
    const json::Packed head{asked_by(options)};
    const auto title = [&](std::optional<std::uint64_t> count) {
        return refusals_title(options, count);
    };
    ListPrinter printer(options.format,
                        {head.view(),
                         json::table_named("RefusalLine"),
                         {},
                         refusal_columns(),
                         title,
                         [](std::string_view n) { return words::count_refusals(n); }});
    const auto read = answers::each_refusal(
        *ledger.refusals, PartnerId{options.partner}, *today, options.page,
        words_for(options.format), [&](const fb::RefusalLine& line) {
            return printer.add(json::view_of_table(line),
                               [&] { return refusal_cells(line, !options.partner.empty()); });
        });
    if (!read) return fail(read.error());
    if (printer.count() == 0 && when_none) {
        const auto why = when_none();
        if (!why) return fail(why.error());
        if (*why) return fail(**why);
    }
    printer.finish();
    return ExitCode::done;
}

ExitCode refusals_of_all(const LedgerPlace& place, const RefusalsOptions& options) {
    const auto ledger = open_views(place);
    if (!ledger) return fail(ledger.error());
    return print_refusals(*ledger, options, {});
}

// Somebody who is no partner may have been refused something too.
ExitCode refusals_of_one(const LedgerPlace& place, const RefusalsOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    return print_refusals(query->opened(), options, [&]() -> Result<std::optional<NotThere>> {
        const auto newest = answers::newest_version(query->snapshot(), query->partner);
        if (!newest) return newest.error();
        return *newest == 0 ? std::optional(no_such_partner(*query)) : std::nullopt;
    });
}

ExitCode refusals(const LedgerPlace& place, const RefusalsOptions& options) {
    return options.partner.empty() ? refusals_of_all(place, options)
                                   : refusals_of_one(place, options);
}

std::string id_form(const std::string& text) {
    const json::Field& id = *json::table_named("Actor").field("id");
    if (json::takes(id, text)) return {};
    return "expected " + json::expectation(id) + " of a-z, 0-9, '.', '_' and '-', found '" + text +
           "'";
}

// Nobody else is shown what others asked for [LED-05].
void add_who_looks(Subcommand command, RefusalsOptions& options) {
    const Option support =
        command.add_option("--as-support", options.support, "Who looks: support staff")
            .type_name("ID")
            .check(id_form);
    command.add_option("--as-auditor", options.auditor, "Who looks: an auditor")
        .type_name("ID")
        .check(id_form)
        .excludes(support);
}

}  // namespace

void add_refusals(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("refusals", "Lists what was refused here, and why");
    auto options = std::make_shared<RefusalsOptions>();
    add_partner(command, options->partner, false);
    add_who_looks(command, *options);
    add_page(command, options->page, *json::table_named("Command").field("body"), "refusals");
    add_format(command, options->format);
    add_examples(
        command,
        "  benefits refusals --as-support desk\n"
        "  benefits refusals --as-support desk --last 20 --newest-first\n"
        "  benefits refusals contoso --as-auditor ernst --type 'move seat'\n"
        "  benefits refusals contoso --as-support desk -o json | jq -r '.refusals[].code' | "
        "sort | uniq -c\n"
        "\n"
        "Refusals are no part of the ledger: each node keeps those it gave for " +
            std::to_string(views::kRefusalDays) +
            " days, by the ledger's clock. They are for support and auditors.\n");
    command.callback(
        [options, &chosen] {
            chosen.run = [options](const LedgerPlace& place) { return refusals(place, *options); };
        },
        [options] {
            return options->support.empty() && options->auditor.empty()
                       ? std::string("who looks? give --as-support ID or --as-auditor ID")
                       : std::string();
        });
}

}  // namespace ledger::tools
