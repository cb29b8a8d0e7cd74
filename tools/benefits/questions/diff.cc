// `benefits diff`
#include <memory>

#include "projections/answers/changes.h"
#include "tools/benefits/asking/partner_query.h"
#include "tools/benefits/asking/unsealed.h"
#include "tools/benefits/cli/command_line.h"
#include "tools/benefits/cli/document.h"
#include "tools/benefits/cli/format.h"
#include "tools/benefits/cli/rows_text.h"
#include "tools/benefits/cli/table.h"
#include "tools/benefits/screens/days_text.h"

namespace ledger::tools {
namespace {

struct DiffOptions {
    std::string partner;
    std::string from;
    std::string to;  // empty: now
    bool unseal = false;
    ListFormat format;
};

std::string moment_in_words(const fb::ComparedMomentT& moment) {
    return day_text(moment.day) + " (version " + std::to_string(moment.version) + ")";
}

std::string tables(const fb::ChangesT& answer) {
    const Screen on = screen();
    const std::string span = "of " + answer.partner + " from " + moment_in_words(*answer.from) +
                             " to " + moment_in_words(*answer.to);
    if (answer.changes.empty()) return title("Nothing changed " + span, on);
    Table table;
    table.column("what").column("before").column("after");
    for (const fb::ChangeT& change : answer.changes)
        table.row({change.what, change.before.empty() ? "-" : change.before,
                   change.after.empty() ? "-" : change.after});
    return title("Changes " + span, on) + table.text(on);
}

ExitCode wrong_moment(const char* option, const std::string& given) {
    say("benefits diff: " + std::string(option) +
        ": expected a date like 2021-02-01 or a version like 12, found '" + given + "'" +
        date_fault(given));
    return ExitCode::usage;
}

ExitCode diff(const LedgerPlace& place, const DiffOptions& options) {
    const auto from = parse_moment(options.from);
    if (!from) return wrong_moment("--from", options.from);
    const auto to = options.to.empty() ? views::Moment{} : parse_moment(options.to);
    if (!to) return wrong_moment("--to", options.to);
    const auto query = begin_query(place, options.partner);
    if (!query) return fail(query.error());
    if (const auto may = check_unseal(query->opened(), options.unseal); !may)
        return fail(may.error());
    const LookUp first = look_up(*query, *from);
    if (const auto* none = std::get_if<NotThere>(&first)) return fail(*none);
    const LookUp last = look_up(*query, *to);
    if (const auto* none = std::get_if<NotThere>(&last)) return fail(*none);
    const fb::ChangesT answer =
        answers::changes(query->snapshot(), std::get<answers::PartnerThen>(first),
                         std::get<answers::PartnerThen>(last),
                         json_style(*query->opened().sealer, options.unseal).open);
    print_list(options.format, answer, answer.changes, [&] { return tables(answer); });
    return ExitCode::done;
}

}  // namespace

void add_diff(Subcommand parent, Action& chosen) {
    const Subcommand command = parent.add_subcommand(
        "diff", "Tells what changed for a partner between two moments, field by field");
    auto options = std::make_shared<DiffOptions>();
    add_partner(command, options->partner);
    command
        .add_option("--from", options->from,
                    "The earlier moment: the end of a day, or right after a version")
        .type_name("DATE|N")
        .required();
    command.add_option("--to", options->to, "The later moment (default: now)").type_name("DATE|N");
    add_unseal(command, options->unseal);
    add_format(command, options->format);
    add_examples(command,
                 "  benefits diff contoso --from 2020-09-01 --to 2020-12-14\n"
                 "  benefits diff contoso --from 12 --to 13\n"
                 "  benefits diff contoso --from 2020-09-01 -o json | jq '.changes[].what'\n");
    command.callback([options, &chosen] {
        chosen.run = [options](const LedgerPlace& place) { return diff(place, *options); };
    });
}

}  // namespace ledger::tools
