// `benefits show`
#include "tools/benefits/show.h"

#include <memory>

#include "projections/queries.h"
#include "tools/benefits/at_work.h"
#include "tools/benefits/command_line.h"
#include "tools/benefits/ledger_clock.h"
#include "tools/benefits/output.h"
#include "tools/benefits/unsealed.h"

namespace ledger::tools {
namespace {

struct ShowOptions {
    std::string partner;
    bool unseal = false;
    Format format = Format::table;
};

ExitCode show(const LedgerPlace& place, const ShowOptions& options) {
    const auto at_work = open_caught_up(place);
    if (!at_work) return fail(at_work.error());
    const Ledger& ledger = (*at_work)->ledger;
    const PartitionId partition = (*at_work)->partition_of(options.partner);
    const auto position = (*at_work)->position(partition);
    if (!position) return fail(position.error());
    auto found = views::find_partner(*ledger.rows, PartnerId{options.partner});
    if (!found) return fail(found.error());
    if (!*found) return partner_not_found(options.partner, partition, *position);
    const auto state = ledger_state(ledger, partition);
    if (!state) return fail(state.error());
    const Shown shown{**found,        sheet_of(**found, *state, today_of(*state)),
                      partition,      *position,
                      *ledger.sealer, options.unseal};
    print(options.format == Format::json ? show_json(shown) : show_tables(shown, screen()));
    return ExitCode::done;
}

}  // namespace

ExitCode partner_not_found(const std::string& partner, PartitionId partition, Position position) {
    say("benefits: the ledger has no partner '" + partner + "' (partition " +
        std::to_string(number(partition)) + ", read up to position " +
        std::to_string(number(position)) + "); partners are registered with RegisterPartner");
    return ExitCode::not_found;
}

void add_show(CLI::App& parent, Action& chosen) {
    CLI::App& command = *parent.add_subcommand(
        "show", "Shows what a partner has: membership, users, orders, benefits, seats");
    auto options = std::make_shared<ShowOptions>();
    add_partner(command, options->partner);
    add_unseal(command, options->unseal);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits show contoso\n"
                 "  benefits show contoso --unseal\n"
                 "  benefits show contoso -o json | jq '.orders[].days_left'\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return show(place, *options); };
    });
}

}  // namespace ledger::tools
