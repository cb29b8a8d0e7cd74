#include "projections/answers/ledger_then.h"

#include "events/record.h"
#include "projections/queries.h"

namespace ledger::answers {
namespace {

// As its genesis record has it, which stands in the views from their beginning on.
Result<LedgerState> ledger_at_first(const views::Snapshot& rows, PartitionId partition) {
    std::string key(views::kGenesisKey);
    put_big_endian(key, static_cast<std::uint16_t>(number(partition)));
    const auto row = rows.get(views::Family::meta, key);
    if (!row) return row.error();
    if (!*row) return error("the views don't hold the genesis record");
    Bytes scratch;
    const RecordView genesis = decode_record(aligned(view_of(**row), scratch));
    if (!genesis.genesis) return error("the views' genesis record is damaged");
    return from_genesis(*genesis.genesis);
}

}  // namespace

Result<LedgerState> ledger_then(const views::Snapshot& rows, PartitionId partition) {
    auto found = views::find_ledger(rows, partition);
    if (!found) return found.error();
    if (*found) return std::move(**found);
    return ledger_at_first(rows, partition);
}

Result<LedgerState> ledger_then(const views::Snapshot& rows, PartitionId partition, Date through) {
    auto state = ledger_at_first(rows, partition);
    if (!state) return state;
    const auto replayed =
        views::replay(rows, partition, PartnerId{}, [&](Position, const RecordView& record) {
            if (through < date_of(Time{record.entry->time()})) return;
            evolve(*state, *record.body);
        });
    if (!replayed) return replayed.error();
    return state;
}

}  // namespace ledger::answers
