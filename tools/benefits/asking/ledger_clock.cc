#include "tools/benefits/asking/ledger_clock.h"

#include "consumers/wall_clock.h"
#include "events/record.h"
#include "projections/queries.h"

namespace ledger::tools {

Date wall_date() { return date_of(wall_clock()); }

std::string date_form(const std::string& text) {
    if (parse_date(text)) return {};
    return "expected a date like 2021-02-01, found '" + text + "'" + date_fault(text);
}

Result<LedgerState> ledger_state(const Ledger& ledger, const views::Snapshot& rows,
                                 PartitionId partition, std::optional<Date> through) {
    LedgerState state = from_genesis(*decode_record(ledger.genesis[number(partition)]).genesis);
    if (!through) {
        auto found = views::find_ledger(rows, partition);
        if (!found) return found.error();
        return *found ? std::move(**found) : std::move(state);
    }
    const auto replayed =
        views::replay(rows, partition, PartnerId{}, [&](Position, const RecordView& record) {
            if (*through < date_of(Time{record.entry->time()})) return;
            evolve(state, *record.body);
        });
    if (!replayed) return replayed.error();
    return state;
}

Date today_of(const LedgerState& state) { return state.sandbox ? state.clock : wall_date(); }

Result<Date> today_of(const views::Snapshot& rows, PartitionId partition,
                      const LedgerState& state) {
    const auto stored = views::find_reading(rows, partition);
    if (!stored) return stored.error();
    return std::max(today_of(state), date_of(Time{stored->reading.judge.time}));
}

}  // namespace ledger::tools
