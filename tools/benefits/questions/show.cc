// `benefits show`
#include "tools/benefits/questions/show.h"
#include "tools/benefits/cli/rows_text.h"

#include <memory>

#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {
namespace {

struct ShowOptions {
    std::string partner;
    views::Moment moment;
    bool unseal = false;
    ListFormat format;
};

ExitCode show(const LedgerPlace& place, const ShowOptions& options) {
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    if (const auto may = check_unseal(query->opened(), options.unseal); !may)
        return fail(may.error());
    const LookUp found = look_up(*query, options.moment);
    if (const auto* why = std::get_if<NotThere>(&found)) return fail(*why);
    const Shown shown =
        shown_of(*query, std::get<Snapshot>(found), !options.moment.is_now(), options.unseal);
    print_document(options.format, show_json(shown), [&] { return show_tables(shown, screen()); });
    return ExitCode::done;
}

}  // namespace

Shown shown_of(const PartnerQuery& query, const Snapshot& snapshot, bool past, bool unseal) {
    PartnerSheet sheet = sheet_of(snapshot.state, snapshot.ledger, snapshot.day);
    std::vector<Coming> coming = coming_for(sheet, snapshot.ledger);
    return {snapshot.state,
            std::move(sheet),
            std::move(coming),
            query.partition,
            query.position,
            snapshot.newest_version,
            past,
            *query.opened().sealer,
            unseal};
}

void add_show(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "show",
        "Shows what a partner has: membership, users, orders, benefits, requests, what comes next");
    auto options = std::make_shared<ShowOptions>();
    add_partner(command, options->partner);
    add_moment(command, options->moment);
    add_unseal(command, options->unseal);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits show contoso\n"
                 "  benefits show contoso --unseal\n"
                 "  benefits show contoso --at 2020-12-01\n"
                 "  benefits show contoso -o json | jq '.orders[].days_left'\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return show(place, *options); };
    });
}

}  // namespace ledger::tools
