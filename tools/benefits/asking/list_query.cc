#include "tools/benefits/asking/list_query.h"

#include "consumers/clock_guard.h"
#include "consumers/newest_entry.h"
#include "tools/benefits/asking/ledger_clock.h"
#include "tools/benefits/cli/output.h"

namespace ledger::tools {

Result<ListQuery> begin_list_query(const LedgerPlace& place) {
    auto at_work = open_for_query(place);
    if (!at_work) return at_work.error();
    ListQuery query;
    query.at_work = std::move(*at_work);
    const Ledger& ledger = query.at_work->ledger;
    query.rows = ledger.rows->snapshot();
    const auto moment = answers::ledger_moment(*query.rows, ledger.log->partitions(), wall_date());
    if (!moment) return moment.error();
    query.moment.emplace(*moment);
    // What is listed follows from dates.
    const auto newest = newest_in(*query.rows, ledger.log->partitions());
    if (!newest) return newest.error();
    const auto doubt = check_clock(ledger, *newest);
    if (!doubt || !doubt->empty()) say("benefits: " + (doubt ? *doubt : doubt.error().message));
    return query;
}

void add_list_page(Subcommand command, answers::ListPage& page, const std::string& what) {
    command
        .add_option("--limit", page.limit,
                    "At most N " + what +
                        ": a page, which says where the "
                        "next one begins")
        .type_name("N")
        .positive();
    command
        .add_option("--after", page.after,
                    "The " + what + " behind this place: that of the last line of the page before")
        .type_name("PLACE")
        .check([](const std::string& text) {
            if (views::key_at(views::Listed::order, text)) return std::string();
            return "expected a place in a list, like 2021-09-01/contoso/ap-2020, found '" + text +
                   "'";
        });
    command
        .add_option(
            "--since", [&page](const std::string& text) { page.since = parse_date(text); },
            "Only those that stand at this day of the list or a later one")
        .type_name("DATE")
        .check(date_form);
    command.add_flag("--newest-first", page.newest_first, "The latest day at the top");
}

}  // namespace ledger::tools
