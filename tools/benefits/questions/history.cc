// `benefits history`
#include <algorithm>
#include <memory>

#include "events/record.h"
#include "projections/answers/history.h"
#include "projections/queries.h"
#include "screen_words_generated.h"
#include "tools/benefits/asking/known_names.h"
#include "tools/benefits/asking/page_options.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/list_printer.h"
#include "tools/benefits/cli/nearest_name.h"
#include "tools/benefits/cli/output.h"
#include "tools/benefits/screens/event_words.h"
#include "tools/benefits/screens/page_text.h"
#include "tools/benefits/screens/words.h"

namespace ledger::tools {
namespace {

struct HistoryOptions {
    std::string partner;
    answers::Page page;
    bool unseal = false;
    ListFormat format;
};

Table history_columns() {
    Table table;
    table.column(words::column_version(), Align::right).column(words::column_when());
    table.column(words::column_what()).column(words::column_who()).column(words::column_as());
    table.column(words::column_details()).column(words::column_reason());
    table.column(words::column_policy(), Align::right);
    return table;
}

std::vector<std::string> history_cells(const fb::HistoryEvent& event) {
    const fb::Entry& entry = *event.entry();
    return {std::to_string(entry.version()),
            shown_time(entry.time()),
            event_name(fb::EnumNameEvent(entry.body_nested_root()->event_type())),
            who_acted(entry),
            acted_as(*entry.actor()),
            event.words()->str(),
            std::string(text_of(entry.reason())),
            std::to_string(entry.policy_version())};
}

// How many there will be, where that is known beforehand.
std::optional<std::uint64_t> expected(const answers::Page& page, std::uint64_t newest) {
    if (page.since || !page.type.empty() || !page.actor.empty()) return std::nullopt;
    return std::min({newest, page.last.value_or(newest), page.limit.value_or(newest)});
}

// "History of contoso, 12 of 60000 events (partition 3, position 8)"
std::string history_title(const fb::HistoryT& head, const answers::Page& page, std::uint64_t newest,
                          std::optional<std::uint64_t> count) {
    const std::string shown = page_in_words(page);
    const std::string whose = shown.empty() ? head.partner : words::whose_page(head.partner, shown);
    const std::string partition = std::to_string(head.partition);
    const std::string position = std::to_string(head.position);
    if (!count) return words::history_of(whose, std::to_string(newest), partition, position);
    if (page.is_whole())
        return words::history_all(whose, std::to_string(*count), partition, position);
    return words::history_some(whose, std::to_string(*count), std::to_string(newest), partition,
                               position);
}

// Nothing was done by somebody who isn't on the partner's list: a typing mistake, maybe.
void say_actor_meant(const PartnerQuery& query, const std::string& actor) {
    const auto state = views::find_partner(*query.rows, query.partner);
    if (actor.empty() || !state || !*state) return;
    std::vector<std::string> names = names_in(**state, NameOf::user);
    for (const fb::ActorKind kind : fb::EnumValuesActorKind())
        if (kind != fb::ActorKind::user) names.emplace_back(fb::EnumNameActorKind(kind));
    if (std::find(names.begin(), names.end(), actor) != names.end()) return;
    if (const std::string meant = meant_instead(actor, names); !meant.empty())
        say("benefits: partner '" + query.partner.text() + "' has no user '" + actor + "'" + meant);
}

ExitCode history(const LedgerPlace& place, const HistoryOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    if (const auto may = check_unseal(query->opened(), options.unseal); !may)
        return fail(may.error());
    const answers::Snapshot snapshot = query->snapshot();
    const auto newest = answers::newest_version(snapshot, query->partner);
    if (!newest) return fail(newest.error());
    if (*newest == 0) return fail(no_such_partner(*query));
    const fb::HistoryT head = answers::history_head(snapshot, query->partner);
    const json::Packed packed(head);
    const json::Style style = json_style(*query->opened().sealer, options.unseal);
    const auto title = [&](std::optional<std::uint64_t> count) {
        if (!count) count = expected(options.page, *newest);
        return history_title(head, options.page, *newest, count);
    };
    ListPrinter printer(options.format,
                        {packed.view(), json::table_named("HistoryEvent"), style, history_columns(),
                         title, [](std::string_view n) { return words::events(n); }});
    const auto read = answers::each_event(
        snapshot, query->partner, *newest, options.page, words_for(options.format, style),
        [&](const fb::HistoryEvent& event) {
            return printer.add(json::view_of_table(event), [&] { return history_cells(event); });
        });
    if (!read) return fail(read.error());
    printer.finish();
    if (printer.count() == 0) say_actor_meant(*query, options.page.actor);
    return ExitCode::done;
}

}  // namespace

void add_history(Subcommand parent, Action& chosen) {
    const Subcommand command =
        parent.add_subcommand("history", "Lists all that happened to a partner, and who did it");
    auto options = std::make_shared<HistoryOptions>();
    add_partner(command, options->partner);
    add_page(command, options->page, *json::table_named("Body").field("event"), "events");
    add_unseal(command, options->unseal);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits history contoso\n"
                 "  benefits history contoso --last 20 --newest-first\n"
                 "  benefits history contoso --since 2021-02-01 --type 'seat moved' --actor kim\n"
                 "  benefits history contoso -o json | jq -c '.events[] | [.version, .body.type]'\n"
                 "  benefits history contoso -o csv > contoso.csv\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return history(place, *options); };
    });
}

}  // namespace ledger::tools
