#include "projections/queries.h"

#include "aggregates/gate.h"
#include "aggregates/ledger_row.h"
#include "events/partition.h"

namespace ledger::views {

Result<void> replay(const Snapshot& rows, PartitionId partition, const PartnerId& partner,
                    const History::Visit& visit) {
    Bytes scratch;
    bool damaged = false;
    const auto scanned = rows.scan(
        Family::history, history_prefix(partition, partner.text()),
        [&](std::string_view, std::string_view row) {
            damaged = row.size() <= kHistoryHeaderBytes;
            if (damaged) return false;
            std::uint64_t position = 0;
            std::memcpy(&position, row.data(), sizeof position);
            const RecordView record =
                decode_record(aligned(view_of(row.substr(kHistoryHeaderBytes)), scratch));
            damaged = record.entry == nullptr || !is_known_event(record.body->event_type()) ||
                      is_ledger_event(record.body->event_type()) != partner.empty();
            if (!damaged) visit(Position{flatbuffers::EndianScalar(position)}, record);
            return !damaged;
        });
    if (!scanned) return scanned;
    if (damaged)
        return error(kRowDamaged, "a history row of partner '" + partner.text() +
                                      "' is damaged; stop the node and delete its views: they are "
                                      "made again from the log");
    return {};
}

Result<void> RowsHistory::replay(PartitionId partition, const PartnerId& partner,
                                 const Visit& visit) {
    return views::replay(*rows_.snapshot(), partition, partner, visit);
}

Result<std::optional<PartnerState>> find_partner(const Snapshot& rows, const PartnerId& partner) {
    const auto row = rows.get(Family::partners, partner.text());
    if (!row) return row.error();
    if (!*row) return std::optional<PartnerState>{};
    auto state = unpack(view_of(**row));
    if (!state) return state.error();
    return std::optional<PartnerState>(std::move(*state));
}

Result<std::optional<fb::Receipt>> find_receipt(const Snapshot& rows, PartitionId partition,
                                                const PartnerId& partner,
                                                const CommandId& command) {
    const auto row =
        rows.get(Family::receipts, receipt_key(partition, partner.text(), command.text()));
    if (!row) return row.error();
    if (!*row) return std::optional<fb::Receipt>{};
    if ((*row)->size() != sizeof(fb::Receipt))
        return error(kRowDamaged, "a receipt of the views is damaged");
    fb::Receipt receipt;
    std::memcpy(static_cast<void*>(&receipt), (*row)->data(), sizeof receipt);
    return std::optional<fb::Receipt>(receipt);
}

Result<StoredReading> find_reading(const Snapshot& rows, PartitionId partition) {
    const auto row = rows.get(Family::meta, meta_key(partition));
    if (!row) return row.error();
    if (!*row) return StoredReading{};
    return unpack_reading(**row);
}

Result<std::optional<LedgerState>> find_ledger(const Snapshot& rows, PartitionId partition) {
    const auto row = rows.get(Family::ledger, ledger_key(partition));
    if (!row) return row.error();
    if (!*row) return std::optional<LedgerState>{};
    auto state = unpack_ledger(view_of(**row));
    if (!state) return state.error();
    return std::optional<LedgerState>(std::move(*state));
}

Result<Position> find_last_position(const Snapshot& rows, PartitionId partition) {
    const auto stored = find_reading(rows, partition);
    if (!stored) return stored.error();
    const std::uint64_t next = number(stored->reading.next);
    return Position{next == 0 ? 0 : next - 1};
}

bool Completeness::holds() const {
    const Counts& counts = reading.counts;
    return counts.applied == reading.judge.seq &&
           reading.judge.seq == reading.judge.frontier.size() && history_rows == counts.applied &&
           receipt_rows == counts.applied && version_sum == counts.applied &&
           counts.applied + counts.voided + counts.control + counts.absent == number(reading.next);
}

namespace {

// The partition that a partner's entries stand in.
PartitionId home_of(std::string_view partner, std::uint32_t partitions) {
    return partition_of(PartnerId{partner}, partitions);
}

}  // namespace

Result<std::vector<Completeness>> count_everything(const Snapshot& rows, std::uint32_t partitions) {
    std::vector<Completeness> all(partitions);
    for (std::uint32_t i = 0; i < partitions; ++i) {
        all[i].partition = PartitionId{i};
        auto stored = find_reading(rows, PartitionId{i});
        if (!stored) return stored.error();
        all[i].reading = std::move(stored->reading);
        all[i].version_sum = stored->ledger_version;
    }
    const auto count = [&](Family family, auto&& each) {
        return rows.scan(family, {}, [&](std::string_view key, std::string_view value) {
            return each(key, value);
        });
    };
    const auto by_partition = [&](std::uint64_t Completeness::*number) {
        return [&all, partitions, number](std::string_view key, std::string_view) {
            const auto partition = get_big_endian<std::uint16_t>(key);
            if (partition < partitions) ++(all[partition].*number);
            return true;
        };
    };
    if (const auto done = count(Family::history, by_partition(&Completeness::history_rows)); !done)
        return done.error();
    if (const auto done = count(Family::receipts, by_partition(&Completeness::receipt_rows)); !done)
        return done.error();
    std::optional<Error> broken;
    const auto summed = count(Family::partners, [&](std::string_view key, std::string_view value) {
        const auto state = unpack(view_of(value));
        if (!state)
            broken = state.error();
        else
            all[number(home_of(key, partitions))].version_sum += state->version;
        return !broken;
    });
    if (!summed) return summed.error();
    if (broken) return *broken;
    return all;
}

}  // namespace ledger::views
