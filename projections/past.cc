#include "projections/past.h"

#include "projections/queries.h"

namespace ledger::views {

Result<Past> partner_at(const Snapshot& rows, PartitionId partition, const PartnerId& partner,
                        const Moment& moment) {
    Past past;
    past.state = new_partner(partner);
    const auto replayed = replay(rows, partition, partner, [&](Position, const RecordView& record) {
        const Time time{record.entry->time()};
        past.newest_version = record.entry->version();
        if (past.newest_version == 1) past.first = time;
        if (moment.day && *moment.day < date_of(time)) return;
        if (moment.version && *moment.version < record.entry->version()) return;
        evolve(past.state, *record.body);
        past.last = time;
    });
    if (!replayed) return replayed.error();
    return past;
}

Result<void> follow_partner(const Snapshot& rows, PartitionId partition, const PartnerId& partner,
                            const Step& step) {
    PartnerState state = new_partner(partner);
    return replay(rows, partition, partner, [&](Position, const RecordView& record) {
        evolve(state, *record.body);
        step(record, state);
    });
}

}  // namespace ledger::views
