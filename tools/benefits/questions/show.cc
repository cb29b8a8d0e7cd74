// `benefits show`
#include <memory>

#include "projections/answers/partner_sheet.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/screens/partner_tables.h"
#include "tools/benefits/screens/words.h"

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
    const auto sheet = answers::partner_sheet(
        query->snapshot(), std::get<answers::PartnerThen>(found), words_for(options.format));
    const json::Style style = style_in_words(*query->opened().sealer, options.unseal);
    print_answer(options.format, sheet, style, [&] {
        return partner_tables(sheet, !options.moment.is_now(), style.open, screen());
    });
    return ExitCode::done;
}

}  // namespace

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
