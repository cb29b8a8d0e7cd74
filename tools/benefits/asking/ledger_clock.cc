#include "tools/benefits/asking/ledger_clock.h"

#include "consumers/wall_clock.h"
#include "projections/answers/ledger_moment.h"
#include "projections/answers/ledger_then.h"
#include "projections/queries.h"
#include "tools/benefits/cli/subcommand.h"

namespace ledger::tools {

Date wall_date() { return date_of(wall_clock()); }

std::string date_form(const std::string& text) {
    if (parse_date(text)) return {};
    return "expected a date like 2021-02-01, found '" + text + "'" + date_fault(text);
}

void add_day(Subcommand command, std::optional<Date>& day) {
    command
        .add_option(
            "--on", [&day](const std::string& text) { day = parse_date(text); },
            "The day (default: the ledger's own)")
        .type_name("DATE")
        .check(date_form);
}

Result<LedgerState> ledger_state(const views::Snapshot& rows, PartitionId partition) {
    return answers::ledger_then(rows, partition);
}

Date today_of(const LedgerState& state) { return state.sandbox ? state.clock : wall_date(); }

Result<Date> today_of(const views::Snapshot& rows, PartitionId partition,
                      const LedgerState& state) {
    const auto stored = views::find_reading(rows, partition);
    if (!stored) return stored.error();
    return std::max(today_of(state), date_of(Time{stored->reading.judge.time}));
}

Result<Date> earliest_day(const Ledger& ledger) {
    const auto rows = ledger.rows->snapshot();
    const auto moment = answers::ledger_moment(*rows, ledger.log->partitions(), wall_date());
    if (!moment) return moment.error();
    return moment->first_day;
}

}  // namespace ledger::tools
