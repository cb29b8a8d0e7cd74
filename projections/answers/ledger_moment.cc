#include "projections/answers/ledger_moment.h"

#include <algorithm>

#include "events/partition.h"
#include "projections/answers/ledger_then.h"
#include "projections/queries.h"

namespace ledger::answers {

Policies LedgerMoment::policies_of(std::string_view partner) const {
    const PartitionId partition =
        partition_of(PartnerId{std::string(partner)}, static_cast<std::uint32_t>(ledgers.size()));
    return ledger::policies_of(ledgers[number(partition)]);
}

Result<LedgerMoment> ledger_moment(const views::Snapshot& rows, std::uint32_t partitions,
                                   Date wall) {
    LedgerMoment moment{rows, {}, {}, kFirstDate, kFirstDate};
    for (std::uint32_t i = 0; i < partitions; ++i) {
        auto ledger = ledger_then(rows, PartitionId{i});
        if (!ledger) return ledger.error();
        const auto stored = views::find_reading(rows, PartitionId{i});
        if (!stored) return stored.error();
        const std::uint64_t next = number(stored->reading.next);
        moment.positions.push_back(Position{next == 0 ? 0 : next - 1});
        const Date day = std::max(ledger->sandbox ? ledger->clock : wall,
                                  date_of(Time{stored->reading.judge.time}));
        moment.today = std::max(moment.today, day);
        moment.first_day = i == 0 ? day : std::min(moment.first_day, day);
        moment.ledgers.push_back(std::move(*ledger));
    }
    return moment;
}

}  // namespace ledger::answers
